"""Sealed PDFs and their acknowledgements."""
