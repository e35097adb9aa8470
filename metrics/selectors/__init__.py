"""Reading metrics and figures; the only door to rows for views."""
