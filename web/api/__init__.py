"""The API: the same reads and the same commands as the pages, for programs that hold a token."""
