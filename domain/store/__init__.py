"""Where the record is kept: PostgreSQL, the recorder that appends, the mapper that seals, the keys."""
