"""Lists as files, for use elsewhere."""
