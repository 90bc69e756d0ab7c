"""Tests of the ways in which a message leaves, each against a real server on this machine."""
