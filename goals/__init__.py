"""Goals: objectives, SMART goals, their updates and revisions."""
