"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from goals.proposals import register_proposals


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_proposals()
