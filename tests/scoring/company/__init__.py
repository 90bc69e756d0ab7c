"""Tests of what the workbooks of one company mean to each other."""
