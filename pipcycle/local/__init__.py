"""The local services of a trial run: PostgreSQL and Valkey from Python wheels (docs/adr/0002-local-services.md)."""
