"""The configuration: ``sheetsync.toml`` becomes a Config, or every problem in it is told at once.

A call that names its workbooks often has none; so ``load`` and what checks and locates is imported only for a file.
"""
