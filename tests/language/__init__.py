"""Tests of sheetsync.language."""
