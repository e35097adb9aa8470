"""Following a log that another process writes."""

from pathlib import Path


class Tail:
    """Gives the whole lines that were added since the last look, from the end of the log as it was at first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.position = path.stat().st_size if path.exists() else 0

    def new_lines(self) -> list[str]:
        """Return the lines since the last call; a line still being written waits for its end."""
        if not self.path.exists() or self.path.stat().st_size <= self.position:
            return []
        with self.path.open("rb") as log:
            log.seek(self.position)
            added = log.read()
        whole = added[: added.rfind(b"\n") + 1]
        self.position += len(whole)
        return whole.decode(errors="replace").splitlines()
