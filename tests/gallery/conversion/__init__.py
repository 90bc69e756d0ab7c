"""Tests of workbooks that are made of others."""
