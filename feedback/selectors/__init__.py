"""Reading in the feedback room."""
