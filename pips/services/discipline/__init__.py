"""The services of a disciplinary action."""
