"""Reading the goals room; the only door to rows for views."""
