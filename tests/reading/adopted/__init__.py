"""Tests of reading the tables that people made themselves and adopted."""
