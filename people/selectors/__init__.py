"""Reading people; the only door to rows for views."""
