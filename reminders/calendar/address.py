"""The secret part of a calendar's address: ``<organization>-<secret>``.

It names the organization, so that its tenant can be opened before anything is looked up. The secret is 256 random bits:
nobody can try it out, so a single SHA-256 keeps it as safe as a slow hash would.
"""

import hashlib
import re
import secrets

_ADDRESS = re.compile(r"(\d{1,18})-[A-Za-z0-9_-]{43}")
_SECRET_BYTES = 32


def new_secret(organization_id: int) -> str:
    """Return a new secret for an address of the organization."""
    return f"{organization_id}-{secrets.token_urlsafe(_SECRET_BYTES)}"


def organization_of(secret: str) -> int | None:
    """Return the organization a secret names, or None for what is no secret."""
    match = _ADDRESS.fullmatch(secret)
    return int(match[1]) if match else None


def hash_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
