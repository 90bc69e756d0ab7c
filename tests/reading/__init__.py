"""Tests of sheetsync.reading."""
