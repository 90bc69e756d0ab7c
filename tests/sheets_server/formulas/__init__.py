"""Formulas: their text, their meaning, and what they give."""
