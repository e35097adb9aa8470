"""Pages of the pips room."""
