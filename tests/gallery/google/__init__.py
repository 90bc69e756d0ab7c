"""Tests of the templates as requests to Google."""
