"""Services of the pips room."""
