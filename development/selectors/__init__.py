"""Reading in the development room."""
