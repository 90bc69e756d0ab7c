"""Tests of the lint of mails."""
