"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from development.learning_registration import register_learning
from development.plan_registration import register_plans


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_plans()
    register_learning()
