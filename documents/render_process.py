"""The renderer: reads a page from its input, writes the PDF to its output, until its input ends."""

import os
import sys

import django

from documents.renderers import BROKEN, DRAWN, REFUSED, RenderingError, read_frame, write_frame

#: How far drawing gives way to the pages of the web process.
NICENESS = 5


def main() -> None:
    """Draw page after page. A page that cannot be drawn is answered in words and ends nothing."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing a library prints may come between the answers
    os.nice(NICENESS)
    django.setup()
    from documents.drawing import write_pdf  # noqa: PLC0415  # the settings come first

    while True:
        try:
            _state, content = read_frame(source)
        except EOFError:
            return
        country, _line, html = content.decode().partition("\n")
        try:
            write_frame(target, DRAWN, write_pdf(html, country))
        except RenderingError as error:
            write_frame(target, REFUSED, str(error).encode())
        except Exception as error:  # noqa: BLE001  # whatever it was, the asker is told and the next page is drawn
            write_frame(target, BROKEN, f"{type(error).__name__}: {error}".encode())


if __name__ == "__main__":
    main()
