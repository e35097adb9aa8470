"""How numbers are written: 1,234.5 or 1.234,5. The values of a metric decide together, for one alone may not tell."""

from dataclasses import dataclass
from enum import StrEnum

#: Countries where a point is the decimal sign, for columns that do not tell; elsewhere it is a comma.
_POINT_COUNTRIES = frozenset(
    [
        "AU",
        "BD",
        "BW",
        "CA",
        "CH",
        "CN",
        "DO",
        "EG",
        "ET",
        "GB",
        "GH",
        "GT",
        "HK",
        "HN",
        "IE",
        "IL",
        "IN",
        "JM",
        "JP",
        "KE",
        "KH",
        "KR",
        "LI",
        "LK",
        "LU",
        "MM",
        "MT",
        "MX",
        "MY",
        "NG",
        "NI",
        "NP",
        "NZ",
        "PA",
        "PH",
        "PK",
        "PR",
        "SG",
        "SV",
        "TH",
        "TW",
        "TZ",
        "UG",
        "US",
        "ZW",
    ]
)
_CLEAR_MAJORITY = 10


class NumberStyle(StrEnum):
    """Which sign stands before the decimals; the other one groups thousands."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class StyleTally:
    """How many values of a metric can only be read one way, the other way, or either."""

    point: int = 0
    comma: int = 0
    either: int = 0


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How a value that can be read either way is read, None if it is refused; and what the reader should be told."""

    style: NumberStyle | None
    code: str = ""


def usual_style(country: str) -> NumberStyle:
    """Return how numbers are usually written in the country."""
    return NumberStyle.POINT if country.upper() in _POINT_COUNTRIES else NumberStyle.COMMA


def decide_style(tally: StyleTally, *, whole: StyleTally, fallback: NumberStyle) -> ColumnStyle:
    """Return how the values of a metric are read.

    The metric's own values decide; where none of them tells, all values of the file together (``whole``), and where
    those do not tell either, the country. Values written both ways are each read by what they say themselves; one that
    says nothing then follows a clear majority, and is refused without one.
    """
    for told in (tally, whole):
        if told.point and told.comma:
            return _mixed(told)
        if told.point or told.comma:
            style = NumberStyle.COMMA if told.comma else NumberStyle.POINT
            return ColumnStyle(style, "comma_is_decimal" if style is NumberStyle.COMMA else "")
    return ColumnStyle(fallback, "style_assumed" if tally.either else "")


def _mixed(tally: StyleTally) -> ColumnStyle:
    if tally.point >= _CLEAR_MAJORITY * tally.comma:
        return ColumnStyle(NumberStyle.POINT, "style_mixed")
    if tally.comma >= _CLEAR_MAJORITY * tally.point:
        return ColumnStyle(NumberStyle.COMMA, "style_mixed")
    return ColumnStyle(None, "style_mixed")
