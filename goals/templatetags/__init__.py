"""Template tags of the goals room."""
