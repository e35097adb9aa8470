"""Pages of the metrics room."""
