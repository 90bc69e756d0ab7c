"""Tests of what runs in a limited process."""
