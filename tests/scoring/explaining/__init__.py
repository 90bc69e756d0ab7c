"""Tests of scoring's explaining part."""
