"""Tests of the layouts that are unfolded into flat rows."""
