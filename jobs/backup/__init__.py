"""Backups: made, tried out, and brought back."""
