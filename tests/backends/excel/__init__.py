"""Tests of the Excel backend."""
