"""The independent judge of the scores: spreadsheet formulas written by hand, and the random rows that they judge.

``by_hand`` and ``draws`` import nothing of sheetsync; ``ours`` asks sheetsync about the same rows.
"""
