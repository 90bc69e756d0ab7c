"""Leaves out what needs the tools of developers (the extra ``dev``) where they are not there; CI has them."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("libcst") and find_spec("mutmut") else ["test_mutants.py", "test_survivors.py"]
