"""Pages and API: thin, over the same commands."""
