"""iCalendar text: whatever a title holds, its lines stay short and its values whole (RFC 5545, 3.1 and 3.3.11)."""

import datetime
import re

from hypothesis import given
from hypothesis import strategies as st

from reminders.calendar.ics import LINE_OCTETS, Event, calendar_text, escaped, folded

STAMP = datetime.datetime(2027, 3, 3, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))
TITLES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


def event(title: str, day: datetime.date = datetime.date(2027, 3, 3)) -> Event:
    """Return an event with the title."""
    return Event(uid="due-7@pip.example", day=day, title=title, url="https://pip.example/o/harbor/due/7/", stamp=STAMP)


def unfolded(text: str) -> list[str]:
    """Return the lines as a reader puts them together again."""
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    """Return the text a TEXT value stands for."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value, flags=re.DOTALL)


def plain(text: str) -> str:
    """Return the text as a calendar can hold it: one kind of line end, no control characters."""
    lines = re.sub(r"\r\n|[\r\n\x85\u2028\u2029]", "\n", text)
    return "".join(one for one in lines if one in "\n\t" or not (ord(one) < 32 or ord(one) == 127))


def test_an_event_is_a_whole_day_that_takes_no_time() -> None:
    text = calendar_text([event("Check-in", datetime.date(2027, 12, 31))], name="PIPCycle")

    assert text.split("\r\n")[8:] == [
        "BEGIN:VEVENT",
        "UID:due-7@pip.example",
        "DTSTAMP:20270303T143000Z",
        "DTSTART;VALUE=DATE:20271231",
        "DTEND;VALUE=DATE:20280101",
        "SUMMARY:Check-in",
        "URL:https://pip.example/o/harbor/due/7/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_what_ends_a_value_or_a_line_is_escaped() -> None:
    assert escaped("a\\b;c,d\r\ne\x00f") == "a\\\\b\\;c\\,d\\nef"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=400))
def test_a_folded_line_is_short_and_unfolds_to_itself(line: str) -> None:
    pieces = folded(line).split("\r\n")

    assert all(len(piece.encode()) <= LINE_OCTETS for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert folded(line).replace("\r\n ", "") == line


@given(st.lists(TITLES, max_size=4))
def test_titles_of_any_kind_are_read_back_and_break_nothing(titles: list[str]) -> None:
    text = calendar_text([event(title) for title in titles], name="Harbor, Inc.; Ltd")

    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= LINE_OCTETS for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(titles)
    read = [unescaped(line.removeprefix("SUMMARY:")) for line in lines if line.startswith("SUMMARY:")]
    assert read == [plain(title) for title in titles]
