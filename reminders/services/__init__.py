"""Services of the reminders room."""
