"""Lists on a page, as files for a spreadsheet."""
