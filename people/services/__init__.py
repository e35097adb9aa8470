"""Changing people."""
