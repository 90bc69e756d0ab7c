"""Turns what was read of any workbook into the content of one in the form of our templates."""
