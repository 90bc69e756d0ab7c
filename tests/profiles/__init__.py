"""Tests of the scoring profiles that come with the program."""
