"""How many small faults in the program the tests find: ``python -m tests.mutation``."""
