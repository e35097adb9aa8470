"""A few processes beside this one that turn pages into PDFs, so that drawing never holds up the pages of a web process.

A renderer is started when first needed, is asked one page after another over its pipes, gives way to the web (nice),
is replaced when it dies and killed when a page takes too long. It ends when its parent does: its input ends.
"""

import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from celery import current_task
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pipcycle.errors import DomainError

SECONDS_A_PAGE = 120.0
_HEAD = struct.Struct(">BI")
DRAWN, REFUSED, BROKEN = 0, 1, 2


class RenderingError(Exception):
    """The template asked for something a sealed document may not hold, or the renderer could not draw it."""


class RenderersBusyError(DomainError):
    """So many documents wait to be drawn that one more would hold up the pages of everybody."""


class Renderer:
    """One process that draws."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "documents.render_process"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR)

    def render(self, html: str, country: str) -> bytes:
        """Return the PDF. Raises RenderingError; the process is of no more use when ``is_alive`` says so."""
        watch = threading.Timer(SECONDS_A_PAGE, self._process.kill)
        watch.start()
        try:
            assert self._process.stdin is not None  # noqa: S101  # opened above
            assert self._process.stdout is not None  # noqa: S101  # likewise
            write_frame(self._process.stdin, 0, f"{country}\n{html}".encode())
            state, content = read_frame(self._process.stdout)
        except (OSError, EOFError) as error:
            self.close()
            raise RenderingError("The renderer broke off.") from error
        finally:
            watch.cancel()
        if state != DRAWN:
            raise RenderingError(content.decode(errors="replace"))
        return content

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


class Renderers:
    """A bounded number of renderers for all threads of this process.

    In a web process at most ``waiting`` documents wait for one; a worker's task waits as long as it takes.
    """

    def __init__(self, count: int, *, waiting: int, alone: Callable[[str, str], bytes]) -> None:
        self._count = count
        self._alone = alone
        self._places = threading.BoundedSemaphore(count + waiting) if count else None
        self._free: queue.LifoQueue[Renderer | None] = queue.LifoQueue()
        for _number in range(count):
            self._free.put(None)

    def render(self, html: str, country: str) -> bytes:
        """Return the PDF. Raises RenderingError, or RenderersBusyError at once where too many wait already."""
        if self._places is None:
            return self._alone(html, country)
        if current_task:
            return self._take_turn(html, country)
        if not self._places.acquire(blocking=False):
            raise RenderersBusyError(
                _("Several documents are being made just now. Nothing was changed; try again in a few seconds.")
            )
        try:
            return self._take_turn(html, country)
        finally:
            self._places.release()

    def _take_turn(self, html: str, country: str) -> bytes:
        renderer = self._free.get()
        try:
            if renderer is not None and not renderer.is_alive:
                renderer.close()
                renderer = None
            if renderer is None:
                renderer = Renderer()
            return renderer.render(html, country)
        finally:
            self._free.put(renderer)

    def close(self) -> None:
        """End every renderer that is free; the next page starts one anew."""
        for _number in range(self._count):
            renderer = self._free.get()
            if renderer is not None:
                renderer.close()
        for _number in range(self._count):
            self._free.put(None)


def write_frame(stream: IO[bytes], state: int, content: bytes) -> None:
    """Write one message."""
    stream.write(_HEAD.pack(state, len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[int, bytes]:
    """Return one message. Raises EOFError when the other side has ended."""
    state, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    return state, _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
