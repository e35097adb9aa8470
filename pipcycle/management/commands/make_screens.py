"""``make_screens``: a PNG of every main page, for every role, light, dark, on a phone and on paper."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pipcycle.local.preparation import prepare_application
from pipcycle.local.processes import WEB
from pipcycle.local.spawn import spawn, stop
from pipcycle.ui.screens import draw_screens

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 120


class Command(BaseCommand):
    """Draws the pages of a running server, or of one it starts for the purpose."""

    help = "Writes a PNG of every main page of the demo into var/screens."

    def add_arguments(self, parser: CommandParser) -> None:
        """Accept an address, a folder and a filter."""
        parser.add_argument("--url", default="", help="address of a running server; without it one is started")
        parser.add_argument("--folder", type=Path, default=settings.VAR_DIR / "screens")
        parser.add_argument("--only", default="", help="draw only the pages whose name contains this")

    def handle(self, *_args: Any, url: str, folder: Path, only: str, **_options: Any) -> None:
        """Draw, name each picture, and end with the faults found."""
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  # a development package

        folder.mkdir(parents=True, exist_ok=True)
        faults = 0
        executable = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        if not url:
            prepare_application(self.stdout.write)
        with served(url) as base_url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=executable, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            )
            for drawn in draw_screens(base_url=base_url, browser=browser, folder=folder, only=only):
                self.stdout.write(drawn.file.name)
                for complaint in drawn.complaints:
                    faults += 1
                    self.stderr.write(f"  {complaint}")
            browser.close()
        if faults:
            message = f"{faults} faults on the pages drawn."
            raise CommandError(message)


@contextmanager
def served(url: str) -> Iterator[str]:
    """Yield the address of the server given, or of one started on a free port and stopped at the end."""
    if url:
        yield url.rstrip("/")
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port), "GRANIAN_WORKERS": "1"}
    command = [sys.executable, *WEB.command[1:]]
    server = spawn(command, directory=Path.cwd(), output=subprocess.DEVNULL, environment=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(server)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Return once the address answers. Raises CommandError when the server ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310  # our own server
                return
        except OSError:
            time.sleep(0.2)
    message = "The server did not start; run it by hand to see why."
    raise CommandError(message)
