"""Asking the client: the say sheet, together, by a link, on paper; and what waits for us."""
