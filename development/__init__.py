"""The development room: development plans and their actions, training, mentorship, career paths."""
