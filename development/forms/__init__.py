"""Forms of the development room."""
