"""Tests of who gets which mail, when."""
