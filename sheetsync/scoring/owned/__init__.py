"""What one person or team owns, with its scores; and its words."""
