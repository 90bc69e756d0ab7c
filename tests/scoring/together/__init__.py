"""Tests of OKRs and KPIs together."""
