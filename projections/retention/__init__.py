"""How long a law keeps a record: rules as data, where each clock is, and what may go. It only proposes."""
