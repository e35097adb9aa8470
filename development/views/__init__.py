"""Pages of the development room."""
