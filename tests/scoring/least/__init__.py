"""Tests of scoring's least part."""
