"""Starting a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from pips.forms.fields import LENGTHS
from pips.plan_templates import TEMPLATES


class NewPlanForm(forms.Form):
    """Whom the plan is for and what it starts from."""

    employee = forms.ModelChoiceField(label=_("For whom"), queryset=Employee.objects.none(), empty_label=_("Choose"))
    template = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)
    length_days = forms.TypedChoiceField(
        label=_("Length"),
        choices=LENGTHS,
        coerce=int,
        initial=90,
        help_text=_("Running time. Days of leave do not count and move the later dates out."),
    )

    def __init__(self, *args: Any, employees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = employees  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["template"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (template.key, template.name) for template in TEMPLATES.values()
        ]
