"""Tests of the write-back."""
