"""Planning a pulse and answering one: the shape of input only."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Department
from pipcycle.ui.fields import DayField
from reviews.forms.fields import words_field
from reviews.models import PulseSurvey
from reviews.pulse_enums import SCALES, PulseQuestion
from reviews.selectors.pulse import departments_to_choose

_ENDS = {
    PulseQuestion.SATISFACTION: (_("not at all"), _("very")),
    PulseQuestion.ENPS: (_("not at all likely"), _("very likely")),
    PulseQuestion.MORALE: (_("very low"), _("very good")),
}


class SurveyForm(forms.Form):
    """Name, questions, audience and rhythm."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For example “Monthly pulse”."))
    questions = forms.MultipleChoiceField(
        label=_("Questions"),
        choices=PulseQuestion.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(PulseQuestion.values),
        help_text=_("They stay once a round was opened, so that rounds can be compared."),
    )
    open_question = forms.CharField(
        label=_("Open question"), max_length=200, required=False, help_text=_("Answered in words, never required.")
    )
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everybody. Departments under five people cannot be chosen."),
    )
    opens_on = DayField(_("First round opens on"))
    days_open = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=60, initial=10)
    every_weeks = forms.IntegerField(
        label=_("Repeat every … weeks"), min_value=1, max_value=52, required=False, help_text=_("Empty: asked once.")
    )

    def __init__(self, data: Any = None, *, survey: PulseSurvey | None = None) -> None:
        super().__init__(data, initial=_said_before(survey) if survey else {"opens_on": timezone.localdate()})
        fields: dict[str, Any] = self.fields
        fields["departments"].queryset = departments_to_choose()
        if survey is None or not survey.rounds.exists():
            return
        fields["opens_on"].label = _("Next round opens on")
        for settled in ("questions", "open_question", "departments"):
            del fields[settled]

    def facts(self) -> dict[str, Any]:
        """Return what the service takes; only after ``is_valid``."""
        given = dict(self.cleaned_data)
        if "departments" in given:
            given["departments"] = [row.pk for row in given["departments"]]
        return given


def _said_before(survey: PulseSurvey) -> dict[str, Any]:
    names = ("name", "questions", "open_question", "departments", "days_open", "every_weeks")
    return {name: getattr(survey, name) for name in names} | {"opens_on": survey.next_opens_on}


class AnswerForm(forms.Form):
    """The questions of a survey, each with all its levels in view."""

    def __init__(self, data: Any = None, *, survey: PulseSurvey) -> None:
        super().__init__(data)
        self.questions = [PulseQuestion(key) for key in survey.questions]
        for question in self.questions:
            low, high = SCALES[question]
            self.fields[question.value] = forms.TypedChoiceField(
                label=question.label,
                choices=[(str(level), str(level)) for level in range(low, high + 1)],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
        if survey.open_question:
            self.fields["comment"] = words_field(
                survey.open_question,
                help_text=_("Write nothing that tells who you are; others read your words as they stand."),
            )

    def scales(self) -> list[tuple[forms.BoundField, Any, Any]]:
        """Return the field of each question with the words at both ends of its scale."""
        return [(self[question.value], *_ENDS[question]) for question in self.questions]

    def answers(self) -> dict[str, int]:
        """Return the answer to each question; only after ``is_valid``."""
        return {question.value: self.cleaned_data[question.value] for question in self.questions}


class ConfirmForm(forms.Form):
    """Nothing but the decision to go on."""
