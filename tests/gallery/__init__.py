"""Tests of the template workbooks."""
