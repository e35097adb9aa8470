"""Where mail goes, from one address: SMTP, a folder with one file a message, or the console."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.crypto import get_random_string

SMTP_TIMEOUT_SECONDS = 20
SMTP_SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class MailFolder(BaseEmailBackend):
    """Writes every message to a file of its own, ``<time>-<random>.eml``, as the demo's outbox page reads them."""

    def __init__(self, *, folder: str, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many there were; a file appears whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            stamp = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
            path = self.folder / f"{stamp}-{get_random_string(6)}.eml"
            unfinished = path.with_suffix(".part")
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(path)
        return len(email_messages)


def mailer_from_url(url: str, *, folder: Path) -> dict[str, Any]:
    """Return the ``MAILERS`` entry for ``smtp://user:password@host:port``, ``folder://`` or ``console://``.

    ``smtp+tls`` starts in the clear and upgrades, ``smtps`` is encrypted from the first byte.
    """
    parts = urlsplit(url)
    if parts.scheme == "folder":
        return {"BACKEND": "pipcycle.mail.MailFolder", "OPTIONS": {"folder": str(folder)}}
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname:
        message = f"EMAIL_URL must look like smtp://host:port, smtp+tls://…, smtps://…, folder:// or console://, not {parts.scheme}://…"
        raise ImproperlyConfigured(message)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or SMTP_SCHEMES[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": SMTP_TIMEOUT_SECONDS,
        },
    }
