"""What makes a goal SMART, rule by rule; ``goals.coach`` is the way in."""
