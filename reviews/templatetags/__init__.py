"""Template tags of the reviews room."""
