"""Accounts: of who works here, by the administrator; of clients and who speaks for them, in their case."""
