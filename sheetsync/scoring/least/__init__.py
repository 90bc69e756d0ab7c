"""The least change that would turn something green: of a key result, an objective, a KPI; and its words."""
