"""What the organisation can show of the client's say."""
