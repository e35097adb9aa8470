"""The text of a token of the API: ``pip_<organization>_<secret>``.

It names the organization, so that its tenant can be opened before anything is looked up. The secret is 256 random
bits: nobody can try it out, so a single SHA-256 keeps it as safe as a slow hash would, and costs a request nothing.
"""

import hashlib
import re
import secrets

_TOKEN = re.compile(r"^pip_(\d{1,18})_[A-Za-z0-9_-]{43}$")
_SECRET_BYTES = 32
_SHOWN = 4


def new_token(organization_id: int) -> str:
    """Return a new token of the organization."""
    return f"pip_{organization_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def organization_of(token: str) -> int | None:
    """Return the organization a token names, or None for what is no token."""
    match = _TOKEN.match(token)
    return int(match[1]) if match else None


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def hint_of(token: str) -> str:
    """Return the last characters, by which people tell tokens apart."""
    return token[-_SHOWN:]
