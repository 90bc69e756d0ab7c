"""Tests of sheetsync.locales."""
