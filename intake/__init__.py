"""A workbook becomes checked records, or a list of what to mend."""
