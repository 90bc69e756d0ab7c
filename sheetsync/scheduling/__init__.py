"""The nightly job in the scheduler of this computer, each scheduler a module of its own.

What a scheduler wants written is pure text; those that can be asked from here install, find and remove it too.
"""

from __future__ import annotations

from sheetsync.scheduling.job import Call, Installed, Job

__all__ = ["Call", "Installed", "Job"]
