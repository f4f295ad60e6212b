"""What runs beside the pages: following the record, and long work."""
