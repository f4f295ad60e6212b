"""Mijn plan: what the client and who speaks for them read and do, with their own hand."""
