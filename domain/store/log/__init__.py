"""The log of the record: a Merkle tree over what is stored, so that nobody can change it unseen."""
