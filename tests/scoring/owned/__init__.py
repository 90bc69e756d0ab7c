"""Tests of scoring's owned part."""
