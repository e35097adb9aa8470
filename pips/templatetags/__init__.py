"""Template tags of the pips room."""
