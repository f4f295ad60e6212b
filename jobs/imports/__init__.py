"""What other systems say about clients, told as entries with their source."""
