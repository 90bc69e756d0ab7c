"""Where goals are going: what moved since the last weekly mark, how fast, and where that ends. Pure; plain Python.

``with_trends`` fills ``Score.change`` and ``Score.forecast`` of a scorecard; ``trend_for`` tells all of one item.
"""

from __future__ import annotations

from sheetsync.trends.scorecard import trend_for, trend_of, trends_of, with_trends
from sheetsync.trends.trend import Forecast, Point, Trend

__all__ = ["Forecast", "Point", "Trend", "trend_for", "trend_of", "trends_of", "with_trends"]
