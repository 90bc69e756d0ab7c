"""Tests of trends and forecasts."""
