"""Tests of scoring's kpis part."""
