"""How far cycles really ended from where the projection saw them, in spreads: measured, never chosen.

``python bench/forecast.py --calibrate --seeds 240`` prints this table from the simulated cycles that are kept for it;
the cycles by which the coverage is measured are others, of other kinds and seeds.
"""

from __future__ import annotations

LEVELS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Shares of the simulated cycles."""
ERRORS = (-1.51, -1.09, -0.82, -0.55, -0.38, -0.21, -0.03, 0.17, 0.44, 0.82, 1.5, 2.24, 3.15)
"""The error, in spreads, that was not exceeded in as many of them."""
SAID = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
CAME = (0.028, 0.084, 0.162, 0.221, 0.306, 0.388, 0.506, 0.555, 0.678, 0.793, 0.915, 0.935)
"""What the errors alone say of the chance to reach the target, and in which share of the cycles that came true, with a
margin."""
MARGIN, CHANCE_MARGIN = 0.01, 0.018
"""What is taken back: outwards at both ends of the interval, and towards one in two of every chance. What is yet to be
seen is less sure than what was calibrated on: where one of its six kinds is left out of the calibration, an interval of
80 % of the others holds only 75 % of that one."""
