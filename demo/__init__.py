"""Demo tenants and the demo-only outbox page; stands above every room and nothing depends on it."""
