"""Services of the metrics room."""
