"""Tests of the files that are only read."""
