"""Pages of disciplinary actions."""
