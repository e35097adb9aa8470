"""Tenancy: the database enforces it (docs/adr/0001-tenancy.md)."""
