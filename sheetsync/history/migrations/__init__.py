"""The numbered steps from one form of the history file to the next, as SQL files."""
