"""What the reviews room shows."""
