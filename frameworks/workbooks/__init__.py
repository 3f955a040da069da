"""A framework document as a spreadsheet, out and in. No database."""
