"""Quality: which of the seven attributes of a good OKR each objective has. Data and findings in, plain data out."""

from __future__ import annotations

from sheetsync.quality.grading import Attribute, Grade, Mark, Standing, grades
from sheetsync.quality.telling import grade_lines, points_text, reason_text

__all__ = ["Attribute", "Grade", "Mark", "Standing", "grade_lines", "grades", "points_text", "reason_text"]
