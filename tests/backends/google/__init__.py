"""Tests of the Google backend."""
