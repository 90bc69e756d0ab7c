"""KPIs: periods, values to date, shares of a target, blocks and groups, and the summary of scorecards."""
