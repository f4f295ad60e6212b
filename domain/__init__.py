"""What is true: the entries of a case, the rules for adding one, and how they are kept."""
