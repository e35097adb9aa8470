"""Services of the goals room."""
