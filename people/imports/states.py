"""The states of the USA with the zone most of their people live in, and countries by name or code."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from holidays.registry import COUNTRIES

_EASTERN = "America/New_York"
_CENTRAL = "America/Chicago"
_MOUNTAIN = "America/Denver"
_PACIFIC = "America/Los_Angeles"


@dataclass(frozen=True, slots=True)
class State:
    """A state: its postal code, name and main time zone (some states have two; most of the people decide)."""

    code: str
    name: str
    time_zone: str


_STATES = tuple(
    State(*row)
    for row in (
        ("AL", "Alabama", _CENTRAL), ("AK", "Alaska", "America/Anchorage"), ("AZ", "Arizona", "America/Phoenix"),
        ("AR", "Arkansas", _CENTRAL), ("CA", "California", _PACIFIC), ("CO", "Colorado", _MOUNTAIN),
        ("CT", "Connecticut", _EASTERN), ("DE", "Delaware", _EASTERN), ("DC", "District of Columbia", _EASTERN),
        ("FL", "Florida", _EASTERN), ("GA", "Georgia", _EASTERN), ("HI", "Hawaii", "Pacific/Honolulu"),
        ("ID", "Idaho", "America/Boise"), ("IL", "Illinois", _CENTRAL),
        ("IN", "Indiana", "America/Indiana/Indianapolis"), ("IA", "Iowa", _CENTRAL), ("KS", "Kansas", _CENTRAL),
        ("KY", "Kentucky", _EASTERN), ("LA", "Louisiana", _CENTRAL), ("ME", "Maine", _EASTERN),
        ("MD", "Maryland", _EASTERN), ("MA", "Massachusetts", _EASTERN), ("MI", "Michigan", "America/Detroit"),
        ("MN", "Minnesota", _CENTRAL), ("MS", "Mississippi", _CENTRAL), ("MO", "Missouri", _CENTRAL),
        ("MT", "Montana", _MOUNTAIN), ("NE", "Nebraska", _CENTRAL), ("NV", "Nevada", _PACIFIC),
        ("NH", "New Hampshire", _EASTERN), ("NJ", "New Jersey", _EASTERN), ("NM", "New Mexico", _MOUNTAIN),
        ("NY", "New York", _EASTERN), ("NC", "North Carolina", _EASTERN), ("ND", "North Dakota", _CENTRAL),
        ("OH", "Ohio", _EASTERN), ("OK", "Oklahoma", _CENTRAL), ("OR", "Oregon", _PACIFIC),
        ("PA", "Pennsylvania", _EASTERN), ("PR", "Puerto Rico", "America/Puerto_Rico"),
        ("RI", "Rhode Island", _EASTERN), ("SC", "South Carolina", _EASTERN), ("SD", "South Dakota", _CENTRAL),
        ("TN", "Tennessee", _CENTRAL), ("TX", "Texas", _CENTRAL), ("UT", "Utah", _MOUNTAIN),
        ("VT", "Vermont", _EASTERN), ("VA", "Virginia", _EASTERN), ("WA", "Washington", _PACIFIC),
        ("WV", "West Virginia", _EASTERN), ("WI", "Wisconsin", _CENTRAL), ("WY", "Wyoming", _MOUNTAIN),
    )
)  # fmt: skip

_BY_WORD: dict[str, State] = {
    **{state.code.casefold(): state for state in _STATES},
    **{state.name.casefold(): state for state in _STATES},
}

_COUNTRY_BY_WORD: dict[str, str] = {
    **{key.replace("_", " "): entry[1] for key, entry in COUNTRIES.items()},
    **{entry[2].casefold(): entry[1] for entry in COUNTRIES.values()},
    **{entry[1].casefold(): entry[1] for entry in COUNTRIES.values()},
    "usa": "US",
    "united states of america": "US",
    "america": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "deutschland": "DE",
    "the netherlands": "NL",
    "holland": "NL",
    "czech republic": "CZ",
    "united kingdom": "GB",
    "united states": "US",
}


def state_for(text: str) -> State | None:
    """Return the state of that postal code or name."""
    return _BY_WORD.get(text.strip().casefold())


def country_code_for(text: str) -> str | None:
    """Return the two-letter code of a country given by name or code, or None if we do not know it."""
    return _COUNTRY_BY_WORD.get(text.strip().replace(".", "").casefold())


@cache
def _only_zones() -> dict[str, str]:
    """Countries with one time zone, from the table of the time-zone database."""
    zones: dict[str, list[str]] = {}
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _coordinates, zone = line.split("\t")[:3]
            zones.setdefault(code, []).append(zone)
    return {code: found[0] for code, found in zones.items() if len(found) == 1}


def zone_of_country(code: str) -> str | None:
    """Return the time zone of a country that has only one; None where a person has to choose."""
    return _only_zones().get(code)
