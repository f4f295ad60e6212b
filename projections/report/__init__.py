"""For who runs the organisation: how much of the client's say is written down, without anybody's words."""
