"""Signals: each a question put to one history, with the entries that show the answer."""
