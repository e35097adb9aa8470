"""What the reviews room does."""
