"""Template tags of the metrics room."""
