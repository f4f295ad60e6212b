"""Coming in: pass phrase, second factor, another's word for who somebody is; and one's own account."""
