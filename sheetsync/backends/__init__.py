"""The places that hold workbooks: each one reads a workbook and applies changes to it."""
