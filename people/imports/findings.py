"""What the import has to say about a row: a code that is stored, a sentence that is written when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.imports.fields import field_label, is_restricted


class Level(StrEnum):
    """How much a finding matters."""

    NOTE = "note"
    WARNING = "warning"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: its code, the field it is about, the value found, and a detail its sentence needs."""

    code: str
    field: str = ""
    value: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        """Return what is stored with the row: of a restricted fact never the value, for it stands beside a name."""
        if is_restricted(self.field):
            return {"code": self.code, "field": self.field, "value": "", "detail": ""}
        return {"code": self.code, "field": self.field, "value": self.value[:200], "detail": self.detail[:200]}

    @property
    def level(self) -> Level:
        """How much it matters."""
        return KINDS[self.code].level


@dataclass(frozen=True, slots=True)
class FindingKind:
    """The name of a finding, for counts, and its sentence, with ``value``, ``detail`` and ``field`` to fill in."""

    level: Level
    title: str | Promise
    sentence: str | Promise


KINDS: dict[str, FindingKind] = {
    # The row is refused.
    "number_missing": FindingKind(
        Level.REFUSAL,
        _("Employee number missing"),
        _("The row has no employee number, so nobody could be recognised in the next file. Add one."),
    ),
    "number_too_long": FindingKind(
        Level.REFUSAL,
        _("Employee number too long"),
        _("The employee number “%(value)s” has more than 50 characters."),
    ),
    "name_missing": FindingKind(Level.REFUSAL, _("Name missing"), _("The row has no name.")),
    "name_too_long": FindingKind(
        Level.REFUSAL, _("Name too long"), _("The name “%(value)s” has more than 100 characters in one part.")
    ),
    "number_conflict": FindingKind(
        Level.REFUSAL,
        _("Employee number used twice"),
        _("Number %(value)s is already used on line %(detail)s with other facts. Only that first row is taken."),
    ),
    "row_too_long": FindingKind(
        Level.REFUSAL,
        _("More cells than headings"),
        _("The row has %(value)s cells under %(detail)s headings, so its columns may be shifted."),
    ),
    "left_before_hired": FindingKind(
        Level.REFUSAL,
        _("Left before hired"),
        _("The person would have left on %(value)s, before being hired on %(detail)s."),
    ),
    "left_without_date": FindingKind(
        Level.REFUSAL,
        _("Left without a date"),
        _("The status says that the person has left (“%(value)s”), but there is no date of leaving."),
    ),
    # The row is taken, with a warning.
    "number_repeated": FindingKind(
        Level.WARNING, _("Row repeated"), _("The row says the same as line %(detail)s and adds nothing.")
    ),
    "row_too_short": FindingKind(
        Level.WARNING,
        _("Fewer cells than headings"),
        _("The row has %(value)s cells under %(detail)s headings; the missing ones were taken as empty."),
    ),
    "value_too_long": FindingKind(
        Level.WARNING,
        _("Value too long"),
        _("%(field)s: the value is longer than %(detail)s characters and was left out."),
    ),
    "email_invalid": FindingKind(
        Level.WARNING, _("E-mail address invalid"), _("“%(value)s” is no e-mail address and was left out.")
    ),
    "date_unreadable": FindingKind(
        Level.WARNING, _("Date unreadable"), _("%(field)s: “%(value)s” is no date we can read; it was left out.")
    ),
    "date_implausible": FindingKind(
        Level.WARNING,
        _("Date implausible"),
        _("%(field)s: %(value)s cannot be right (%(detail)s) and was left out."),
    ),
    "date_two_digit_year": FindingKind(
        Level.WARNING, _("Year in two digits"), _("%(field)s: “%(value)s” was read as %(detail)s.")
    ),
    "date_order_assumed": FindingKind(
        Level.WARNING,
        _("Day and month not certain"),
        _("%(field)s: nothing in the column tells day from month; “%(value)s” was read as %(detail)s."),
    ),
    "date_other_order": FindingKind(
        Level.WARNING,
        _("Day and month the other way round"),
        _("%(field)s: “%(value)s” only fits the other order of day and month and was read as %(detail)s."),
    ),
    "date_serial": FindingKind(
        Level.WARNING, _("Date as a number"), _("%(field)s: the spreadsheet number %(value)s was read as %(detail)s.")
    ),
    "status_unknown": FindingKind(
        Level.WARNING,
        _("Status unknown"),
        _("“%(value)s” is no status we know; the dates decide whether the person has left."),
    ),
    "status_contradicts_date": FindingKind(
        Level.WARNING,
        _("Status and date disagree"),
        _("The status says “%(detail)s”, yet %(value)s is given as date of leaving; the date was left out."),
    ),
    "country_unknown": FindingKind(
        Level.WARNING,
        _("Country unknown"),
        _("“%(value)s” is no country we know; the organization's country was taken."),
    ),
    "manager_not_employee": FindingKind(
        Level.WARNING,
        _("Manager is not an employee"),
        _("“%(value)s” is no employee here. The name is kept as it was given, without a reporting line."),
    ),
    "manager_ambiguous": FindingKind(
        Level.WARNING,
        _("Manager's name not unique"),
        _("%(detail)s employees are called “%(value)s”. Choose the manager on the person's page."),
    ),
    "manager_disagrees": FindingKind(
        Level.WARNING,
        _("Manager's number and name disagree"),
        _("The number belongs to %(detail)s, the name given is “%(value)s”. The number was followed."),
    ),
    "manager_is_self": FindingKind(
        Level.WARNING,
        _("Own manager"),
        _("The person is given as their own manager; the line was left out."),
    ),
    "manager_cycle": FindingKind(
        Level.WARNING,
        _("Reporting line closes a circle"),
        _("“%(value)s” already reports to this person (%(detail)s); the line that closes the circle was left out."),
    ),
    "manager_has_left": FindingKind(
        Level.WARNING,
        _("Manager has left"),
        _("“%(value)s” has left the organization but is given as manager of somebody who has not."),
    ),
    "manager_key_filled": FindingKind(
        Level.WARNING,
        _("Manager's code missing"),
        _("The manager's code is missing; the name “%(value)s” was followed (its code elsewhere: %(detail)s)."),
    ),
    "manager_key_differs": FindingKind(
        Level.WARNING,
        _("Manager's code differs"),
        _("Code %(value)s is unusual: the other rows of this manager say %(detail)s. The name was followed."),
    ),
    "manager_from_key": FindingKind(
        Level.WARNING,
        _("Manager's name missing"),
        _("The manager's name is missing; code %(value)s stands for %(detail)s in the other rows."),
    ),
    "manager_key_unknown": FindingKind(
        Level.WARNING,
        _("Manager's code unknown"),
        _("No row names the manager with the code %(value)s, so there is no reporting line."),
    ),
    # Worth knowing only.
    "changed": FindingKind(Level.NOTE, _("Fact changed"), _("%(field)s: “%(value)s” becomes “%(detail)s”.")),
}


def describe(stored: Mapping[str, Any]) -> str:
    """Return the sentence of a stored finding in the reader's language."""
    kind = KINDS.get(str(stored.get("code")))
    if kind is None:
        return str(stored.get("code", ""))
    key = str(stored.get("field", ""))
    if is_restricted(key):
        return _("%(field)s: %(title)s. The value is not shown here.") % {
            "field": field_label(key),
            "title": kind.title,
        }
    return str(kind.sentence) % {
        "field": field_label(key),
        "value": stored.get("value", ""),
        "detail": stored.get("detail", ""),
    }


def level_of(code: str) -> Level:
    """Return how much findings of that code matter."""
    return KINDS[code].level if code in KINDS else Level.NOTE
