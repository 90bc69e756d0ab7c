"""Tests of the quality of objectives."""
