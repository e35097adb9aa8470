"""A small limit for a page that strangers may use."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_too_often(request: HttpRequest, *, action: str, limit: int, seconds: int) -> bool:
    """Count this visit and return whether the address made more than ``limit`` within the window of ``seconds``."""
    address = get_adapter(request).get_client_ip(request)
    key = f"throttle:{action}:{address}"
    if cache.add(key, 1, timeout=seconds):
        return limit < 1
    try:
        return cache.incr(key) > limit
    except ValueError:  # the window ended between the two commands
        return False
