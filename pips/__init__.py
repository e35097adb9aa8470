"""Performance improvement plans, from template to follow-up."""
