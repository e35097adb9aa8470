"""Rows of a form that a person adds and removes by plain buttons, with or without JavaScript.

``add`` and ``remove`` are names of submit buttons: ``name="add" value="steps"`` and ``name="remove" value="steps-2"``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet[Any]
else:
    _FormSet = forms.BaseFormSet  # not subscriptable when it runs


class RowSet(_FormSet):
    """Rows of one kind; a row left entirely blank is no row."""

    def initial_form_count(self) -> int:
        """Return 0 once something is handed in: every row is judged by what is typed in it alone."""
        return 0 if self.is_bound else super().initial_form_count()

    def filled(self) -> list[dict[str, Any]]:
        """Return the rows that are not blank; only after ``is_valid``."""
        return [row.cleaned_data for row in self.forms if row.has_changed()]


def row_set(form: type[forms.Form], *, most: int = 30) -> type[RowSet]:
    """Return the class of the rows of a form."""
    made: Any = forms.formset_factory(form, formset=RowSet, extra=0, max_num=most, absolute_max=most + 10)
    row_class: type[RowSet] = made
    return row_class


class FormWithRows:
    """A form and rows of several kinds as one: valid together, errors together. A subclass sets ``head``, ``sets``."""

    head: forms.Form
    sets: Mapping[str, RowSet] = {}

    def is_valid(self) -> bool:
        """Return whether every part is valid; each part is looked at, so that all errors show at once."""
        return all([self.head.is_valid(), *(rows.is_valid() for rows in self.sets.values())])

    @property
    def errors(self) -> list[ErrorDict]:
        """Return the errors of every part."""
        return [form.errors for form in self._parts() if form.errors]

    def non_field_errors(self) -> list[str]:
        """Return the errors that belong to no single field."""
        found = [str(error) for rows in self.sets.values() for error in rows.non_form_errors()]
        return [str(error) for form in self._parts() for error in form.non_field_errors()] + found

    def add_error(self, _field: None, message: Any) -> None:
        """Show a refusal above the form."""
        self.head.add_error(None, message)

    def __iter__(self) -> Iterator[forms.BoundField]:
        for form in self._parts():
            yield from form

    def focus(self, name: str) -> None:
        """Put the cursor into the row just added, where there is one of that name."""
        if name in self.sets:
            focus_last(self.sets[name].forms)

    def _parts(self) -> Iterator[forms.Form]:
        yield self.head
        for rows in self.sets.values():
            yield from rows.forms


def typed_rows(
    data: QueryDict, forms_by_name: Mapping[str, type[forms.Form]], *, most: int = 30
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows exactly as typed, valid or not, with the row added or removed that a button asks for."""
    rows = {
        name: [
            {field: data.get(f"{name}-{index}-{field}", "") for field in form.base_fields}
            for index in range(_row_count(data, name, most))
        ]
        for name, form in forms_by_name.items()
    }
    added = data.get("add", "")
    if added in rows and len(rows[added]) < most:
        rows[added].append({})
    name, _dash, index = data.get("remove", "").rpartition("-")
    if name in rows and index.isdecimal() and int(index) < len(rows[name]):
        del rows[name][int(index)]
    return rows


def asks_for_rows(data: Mapping[str, Any]) -> bool:
    """Return whether a button for a row was pressed, not the one that saves."""
    return "add" in data or "remove" in data


def focus_last(rows: Sequence[forms.Form]) -> None:
    """Put the cursor into the first field of the last row, which has just been added."""
    if rows:
        first = next(field for field in rows[-1].fields.values() if not field.widget.is_hidden)
        first.widget.attrs["autofocus"] = True


def _row_count(data: QueryDict, name: str, most: int) -> int:
    count = data.get(f"{name}-TOTAL_FORMS", "0")
    return min(int(count), most) if count.isdecimal() and len(count) < 5 else 0
