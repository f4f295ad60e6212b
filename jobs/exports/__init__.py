"""What goes out, as files that are complete or absent."""
