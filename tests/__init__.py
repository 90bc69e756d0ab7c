"""Tests of sheetsync; the folders mirror the package."""
