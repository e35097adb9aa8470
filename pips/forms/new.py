"""Starting a plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from pips.forms.fields import length_choices
from pips.models import Plan
from pips.plan_templates import PlanTemplate


class NewPlanForm(forms.Form):
    """Whom the plan is for and what it starts from."""

    employee = forms.ModelChoiceField(label=_("For whom"), queryset=Employee.objects.none(), empty_label=_("Choose"))
    template = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)
    length_days = forms.TypedChoiceField(
        label=_("Length"),
        coerce=int,
        initial=90,
        help_text=_("Running time. Days of leave do not count and move the later dates out."),
    )

    source = forms.ModelChoiceField(
        label=_("Or like an earlier plan"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("No, from the template chosen above"),
        help_text=_(
            "Its expectations, milestones, support and consequences. The other person's examples and figures stay "
            "with them."
        ),
    )

    def __init__(
        self, *args: Any, employees: Any, templates: Sequence[PlanTemplate], sources: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = employees  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["source"].label_from_instance = _plan_name  # type: ignore[attr-defined]  # likewise
        self.fields["length_days"].choices = length_choices()  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["template"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (template.key, template.name) for template in templates
        ]


def _plan_name(plan: Plan) -> str:
    return f"{plan.title} ({plan.employee.full_name}, {plan.created_at:%Y})"
