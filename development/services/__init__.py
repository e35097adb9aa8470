"""Services of the development room."""
