"""Two wordings of one step, field by field, and the one that comes out of the writer's choices."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pipcycle.wordings import SAVED, Choice
from pips.forms.draft import PLAN_FORMS, ROW_FORMS, StepForms

type Typed = Mapping[str, Sequence[str]]


def typed_of(forms_: StepForms) -> dict[str, list[str]]:
    """Return what an unbound form holds as a browser would send it."""
    typed: dict[str, list[str]] = {}
    for bound in forms_:
        value = bound.value()
        values = value if isinstance(value, list | tuple) else [value]
        shown = [bound.field.widget.format_value(one) for one in values if one not in {None, ""}]
        typed[bound.html_name] = [str(one[0] if isinstance(one, list) else one) for one in shown]
    if forms_.rows is not None:
        typed[f"{forms_.step}-TOTAL_FORMS"] = [str(len(forms_.rows.forms))]
        typed[f"{forms_.step}-INITIAL_FORMS"] = ["0"]
    return typed


def choices(step: str, *, mine: Typed, saved: Typed, offered: Mapping[str, Any]) -> list[Choice]:
    """Return the fields that differ, in the order of the page."""
    found = []
    for name, label, field in _fields(step, max(_count(step, mine), _count(step, saved)), offered):
        ours, theirs = list(mine.get(name, [])), list(saved.get(name, []))
        if _clean(field, ours) != _clean(field, theirs):
            found.append(Choice(name=name, label=label, mine=_shown(field, ours), saved=_shown(field, theirs)))
    return found


def chosen(step: str, *, mine: Typed, saved: Typed, wanted: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the step with each field as chosen; what is not chosen stays as typed, so that no word goes unasked."""
    names = {*mine, *saved}
    typed = {name: list((saved if wanted.get(f"choice-{name}") == SAVED else mine).get(name, [])) for name in names}
    if step in ROW_FORMS:
        typed[f"{step}-TOTAL_FORMS"] = [str(max(_count(step, mine), _count(step, saved)))]
        typed[f"{step}-INITIAL_FORMS"] = ["0"]
    return typed


def _fields(step: str, rows: int, offered: Mapping[str, Any]) -> list[tuple[str, str, forms.Field]]:
    if step in PLAN_FORMS:
        return [(name, str(field.label), field) for name, field in PLAN_FORMS[step]().fields.items()]
    fields = ROW_FORMS[step](**offered).fields
    return [
        (
            f"{step}-{index}-{name}",
            _("Row %(number)s: %(field)s") % {"number": index + 1, "field": field.label},
            field,
        )
        for index in range(rows)
        for name, field in fields.items()
    ]


def _count(step: str, typed: Typed) -> int:
    value = next(iter(typed.get(f"{step}-TOTAL_FORMS", [])), "0")
    return min(int(value), 40) if value.isdecimal() and len(value) < 5 else 0


def _clean(field: forms.Field, values: list[str]) -> Any:
    """Return the value as the form would read it, so that 90 and 90.00 are the same; else the words themselves."""
    value: Any = values if isinstance(field, forms.MultipleChoiceField) else "".join(values[:1])
    try:
        return field.to_python(value) or None
    except ValidationError:
        return values


def _shown(field: forms.Field, values: list[str]) -> str:
    labels = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    return ", ".join(labels.get(value, value) for value in values)
