"""sheetsync reads OKR and KPI workbooks, scores them, and writes the result back beside the user's own columns."""

__version__ = "0.1.0"
