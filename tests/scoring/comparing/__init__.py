"""Tests of scoring's comparing part."""
