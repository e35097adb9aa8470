"""One row of any tenant table, made from the model's own fields."""

import datetime
import decimal
import uuid
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from documents.enums import AcknowledgementKind
from feedback.models import PrivateNote
from people.models import Membership, Organization, User
from pipcycle.tenancy.writer import ACTING_MEMBER
from tests.cast import UserFactory

_numbers = count(1)


@dataclass(frozen=True)
class RowKey:
    """How to find the row again in plain SQL."""

    where: str
    values: list[Any]


#: Values that the constraints of a model ask for and its fields do not tell.
PARTICULARS: dict[str, dict[str, Any]] = {
    "development.ActionUpdate": {"progress": 50},
    "development.DevelopmentAction": {"starts_on": datetime.date(2026, 1, 1), "due_on": datetime.date(2026, 6, 30)},
    "development.DevelopmentPlan": {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 12, 31)},
    "development.Enrolment": {"completed_on": None, "expires_on": None},
    "development.Mentorship": {"closed_at": None},
    "development.MentorProfile": {"capacity": 1},
    "documents.Document": {"sha256": "0" * 64, "language": "en"},
    "documents.Acknowledgement": {"sha256": "0" * 64, "kind": AcknowledgementKind.RECEIVED},
    "feedback.CheckIn": {"attendance": ""},
    "goals.Cycle": {
        "starts_on": datetime.date(2026, 1, 1),
        "ends_on": datetime.date(2026, 12, 31),
        "propose_by": datetime.date(2026, 2, 1),
    },
    "goals.Goal": {"starts_on": datetime.date(2026, 1, 1), "due_on": datetime.date(2026, 12, 31)},
    "metrics.GroupRollup": {"people": 5},
    "metrics.Signal": {"starts_on": datetime.date(2026, 1, 5), "ends_on": datetime.date(2026, 1, 5)},
    "pips.Amendment": {"base_version": 1, "version": 2},
    "pips.LeaveProposal": {"days": 7},
    "reviews.ExitInterview": {"answered_on": None, "status": "open"},
    "reviews.PulseResult": {"answered": 5},
    "reviews.PulseRound": {"opens_on": datetime.date(2026, 1, 5), "closes_on": datetime.date(2026, 1, 14)},
    "reminders.Obligation": {"owner_role": "", "closed_at": None},
    "reminders.OutboxMessage": {"sent_at": None, "leased_until": None},
}


#: References that may be empty, of which a constraint of their model asks for one all the same.
NEEDED = {"owner", "value"}


def make_object(model: type[models.Model], **given: Any) -> Any:
    """Make a row of the model, and of all it needs, in the open tenant."""
    return _made(model, **given)


def make_row(model: type[models.Model]) -> RowKey:
    """Make a row of the model in the open tenant; an event table gets it from the row it records."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None:
        recorded = _made(tracked)
        return RowKey("pgh_obj_id = %s", [recorded.pk])
    return key_of(_made(model))


def key_of(made: models.Model) -> RowKey:
    """Return how to find the row: by its one key field, or by the several of a composite key."""
    parts = made._meta.pk_fields
    where = " AND ".join(f'"{part.column}" = %s' for part in parts)
    return RowKey(where, [getattr(made, part.attname) for part in parts])


def _made(model: type[models.Model], **given: Any) -> models.Model:
    values = {**PARTICULARS.get(model._meta.label, {}), **given}
    for field in model._meta.concrete_fields:
        if field.name != "organization" and not field.primary_key and field.name not in values:
            values[field.name] = _value(field)
    if model is PrivateNote:
        let_write(values["writer"])
    return model._default_manager.create(**values)


def let_write(writer: Membership) -> None:
    """Let the member act until the end of the test's transaction: only they may write and see such a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [ACTING_MEMBER, str(writer.pk)])


def _value(field: "models.Field[Any, Any]") -> Any:
    if isinstance(field, models.ForeignKey):
        return _reference(field)
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    if field.blank and field.empty_strings_allowed:
        return ""
    if field.choices:
        return next(value for value, _label in field.flatchoices if value)
    return _plain_value(field)


def _reference(field: "models.ForeignKey[Any, Any]") -> Any:
    target: Any = field.related_model
    if target in (User, Organization):
        return UserFactory.create() if target is User else None
    if target is field.model or (field.null and field.name not in NEEDED):
        return None
    return _made(target)


def _plain_value(field: "models.Field[Any, Any]") -> Any:
    number = next(_numbers)
    if isinstance(field, models.EmailField):
        return f"row{number}@harbor.example"
    plain: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.UUIDField, uuid.uuid4()),
        (models.DateTimeField, timezone.now()),
        (models.DateField, datetime.date(2026, 1, 1) + datetime.timedelta(days=number % 300)),
        (models.DecimalField, decimal.Decimal(number)),
        (models.BooleanField, False),
        (models.BinaryField, b"%PDF"),
        (models.JSONField, {}),
        (ArrayField, []),
        (models.IntegerField, number),
        (models.FloatField, float(number)),
        (models.CharField, f"r{number}"),
        (models.TextField, f"row {number}"),
    ]
    return next(value for kind, value in plain if isinstance(field, kind))
