"""Template tags of the people."""
