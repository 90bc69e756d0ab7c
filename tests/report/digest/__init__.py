"""Tests of what mails and pages show."""
