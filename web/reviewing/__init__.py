"""Reviewing: mandates, looking back, and the questions of an inspector."""
