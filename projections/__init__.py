"""How the history is shown: live, read when asked, or followed into rows for lists and reports."""
