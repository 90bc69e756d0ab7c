"""OKRs and KPIs together: a KPI serves a goal, guards it, or gives a key result its current value."""
