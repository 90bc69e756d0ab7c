"""Workbooks of one company: whose goals serve whose across them, what counts where, and the tree that they form."""
