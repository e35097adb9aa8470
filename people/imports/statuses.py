"""What the words of files say about an employment."""

from people.enums import EmployeeStatus, LeavingKind

_LEFT_WORDS = (
    "terminat", "resign", "retire", "left", "inactive", "dismiss", "former", "separated", "deceased", "laid off",
    "redundan", "quit", "fired", "discharged",
)  # fmt: skip
_LEAVE_WORDS = ("leave", "loa", "sabbatical", "furlough", "suspended")
_ACTIVE_WORDS = ("active", "employed", "current", "full time", "full-time", "part time", "part-time", "probation",
                 "yes", "true", "permanent", "temporary", "contract", "hired", "a")  # fmt: skip
_NOT_ACTIVE_WORDS = ("no", "false", "0", "n", "t")
_FOR_CAUSE_WORDS = ("for cause", "involuntar", "dismiss", "fired", "redundan", "laid off", "discharged")
_VOLUNTARY_WORDS = ("voluntar", "resign", "retire", "quit")


def read_status(text: str) -> EmployeeStatus | None:
    """Return the status that a cell means, or None if we do not know the word."""
    word = text.strip().casefold()
    if any(mark in word for mark in _LEFT_WORDS) or word in _NOT_ACTIVE_WORDS:
        return EmployeeStatus.LEFT
    if any(mark in word.split() or word.startswith(mark) for mark in _LEAVE_WORDS) or "on leave" in word:
        return EmployeeStatus.ON_LEAVE
    if word in ("1", "y") or any(word == mark or word.startswith(f"{mark} ") for mark in _ACTIVE_WORDS):
        return EmployeeStatus.ACTIVE
    return None


def read_leaving_kind(text: str) -> LeavingKind:
    """Return how the employment ended, as far as the word for the status tells."""
    word = text.strip().casefold()
    if any(mark in word for mark in _FOR_CAUSE_WORDS):
        return LeavingKind.INVOLUNTARY
    if any(mark in word for mark in _VOLUNTARY_WORDS):
        return LeavingKind.VOLUNTARY
    return LeavingKind.OTHER
