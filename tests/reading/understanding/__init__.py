"""Whether workbooks that people made themselves are understood."""
