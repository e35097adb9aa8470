"""Template tags of the reminders room."""
