"""Tables that people fill in Excel: read with everything a spreadsheet can hide refused, and templates to fill."""
