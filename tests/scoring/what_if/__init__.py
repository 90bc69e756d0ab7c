"""Tests of scoring's what if part."""
