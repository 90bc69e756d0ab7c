"""What would become of the scores if a row said something else; and its words."""
