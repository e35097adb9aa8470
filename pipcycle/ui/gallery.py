"""What the gallery shows: one example of every component in every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from pipcycle.ui.level_scale import draw_level_scale
from pipcycle.ui.plan_line import Gap, Mark, PlanLine, draw_plan_line


@dataclass(frozen=True)
class GalleryPart:
    """Components of a room above, shown below the others: a template, and what it is given."""

    template: str
    context: Callable[[], dict[str, Any]]


_parts: dict[str, GalleryPart] = {}


def register(part: GalleryPart) -> None:
    """Show a part; registering the same template again replaces it."""
    _parts[part.template] = part


class ExampleForm(forms.Form):
    """Every kind of control once."""

    name = forms.CharField(label="Expectation", help_text="One sentence a stranger could check.")
    evidence = forms.CharField(label="Evidence", widget=forms.Textarea, required=False)
    due = forms.DateField(label="Due", widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.ChoiceField(label="Unit", choices=[("hours", "Hours"), ("errors", "Errors a week")])
    length = forms.ChoiceField(
        label="Length of the plan",
        choices=[("30", "30 days"), ("60", "60 days"), ("90", "90 days")],
        widget=forms.RadioSelect,
        help_text="Your organization allows these three.",
    )
    channels = forms.MultipleChoiceField(
        label="Told by",
        choices=[("mail", "E-mail"), ("calendar", "Calendar")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    confirmed = forms.BooleanField(label="I have talked about this with the employee")
    upload = forms.FileField(
        label="Choose a CSV or XLSX file", help_text="Up to 50 MB. Nothing is saved before you confirm."
    )


class ExampleFilter(forms.Form):
    """The controls of a list."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "All"), ("active", "Active")])


def example_plan_lines(today: date) -> dict[str, PlanLine]:
    """Return a plan on time, one moved by leave, and one not started."""
    start = today - timedelta(days=42)
    moved = start + timedelta(days=101)
    return {
        "plain": draw_plan_line(
            start=start,
            end=start + timedelta(days=90),
            today=today,
            marks=[
                Mark(label="Day 30", on=start + timedelta(days=30), is_done=True),
                Mark(label="Day 60", on=start + timedelta(days=60)),
                Mark(label="Day 90", on=start + timedelta(days=90)),
            ],
        ),
        "moved": draw_plan_line(
            start=start,
            end=moved,
            today=today,
            gaps=[Gap(start=start + timedelta(days=34), end=start + timedelta(days=44), label="Leave")],
            marks=[
                Mark(label="Day 30", on=start + timedelta(days=30)),
                Mark(
                    label="Day 60",
                    on=start + timedelta(days=71),
                    original=start + timedelta(days=60),
                    note="Moved by 11 days of leave.",
                ),
                Mark(label="Day 90", on=moved, original=start + timedelta(days=90), note="Moved by 11 days of leave."),
            ],
        ),
        "crowded": draw_plan_line(
            start=today + timedelta(days=5),
            end=today + timedelta(days=35),
            today=today,
            marks=[Mark(label=f"Day {day}", on=today + timedelta(days=5 + day)) for day in (7, 10, 12, 30)],
        ),
    }


def gallery_context() -> dict[str, Any]:
    """Return the examples; the invalid form is bound to nothing but mistakes."""
    today = timezone.localdate()
    people = [
        {
            "name": "Amara Okafor",
            "role": "Dispatcher",
            "plan": "Active",
            "kind": "info",
            "due": today + timedelta(days=3),
        },
        {
            "name": "Jonas Lindqvist",
            "role": "Picker",
            "plan": "In review",
            "kind": "neutral",
            "due": today - timedelta(days=2),
        },
        {
            "name": "Wilhelmina van der Westhuizen-Ollerenshaw",
            "role": "Claims",
            "plan": "Successful",
            "kind": "success",
            "due": today,
        },
    ]
    return {
        "form": ExampleForm(auto_id="plain_%s"),
        "invalid_form": ExampleForm({"name": ""}, auto_id="invalid_%s"),
        "filter_form": ExampleFilter(auto_id="filter_%s"),
        "people": people,
        "page": Paginator(list(range(311)), 25).page(4),
        "lines": example_plan_lines(today),
        "scales": [
            ("Expected level 4", draw_level_scale(expected=4)),
            ("Expected 4, own view 3, manager's view 2", draw_level_scale(expected=4, own=3, manager=2)),
            ("Expected 3, both views 3", draw_level_scale(expected=3, own=3, manager=3)),
        ],
        "today": today,
        "overdue": today - timedelta(days=2),
        "soon": today + timedelta(days=2),
        "later": today + timedelta(days=31),
        "parts": list(_parts),
        **{name: value for part in _parts.values() for name, value in part.context().items()},
        "kinds": ["neutral", "info", "success", "warning", "danger"],
    }
