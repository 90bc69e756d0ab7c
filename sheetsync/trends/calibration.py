"""How far cycles really ended from where the projection saw them, in spreads: measured, never chosen.

``python bench/forecast.py --calibrate`` prints this table from the simulated cycles that are kept for it; the cycles
by which the coverage is measured are others, of other kinds and seeds.
"""

from __future__ import annotations

LEVELS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Shares of the simulated cycles."""
ERRORS = (-1.5, -1.09, -0.81, -0.55, -0.38, -0.21, -0.03, 0.17, 0.44, 0.82, 1.51, 2.24, 3.16)
"""The error, in spreads, that was not exceeded in as many of them."""
SAID = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
CAME = (0.02, 0.07, 0.15, 0.21, 0.31, 0.37, 0.5, 0.53, 0.7, 0.81, 0.92, 0.94)
"""What the errors alone say of the chance to reach the target, and in which share of the cycles that came true, with a
margin: each is taken back a little towards one in two."""
