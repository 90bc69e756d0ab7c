"""Tests of the end of a cycle and the beginning of the next."""
