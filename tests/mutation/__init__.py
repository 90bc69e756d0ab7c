"""How many small faults in the scores and the rules the tests find: ``python -m tests.mutation``."""
