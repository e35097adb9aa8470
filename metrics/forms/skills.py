"""Rating competencies: a level and a note for each."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.selectors.skills import Skill
from metrics.services.skills import SkillInput
from people.enums import CompetencyLevel


class SkillRatingForm(forms.Form):
    """One level and one note for each competency; what stays empty is not rated today."""

    def __init__(self, *args: Any, skills: Sequence[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skills = skills
        for skill in skills:
            name = skill.competency.name
            self.fields[f"level_{skill.competency.pk}"] = forms.TypedChoiceField(
                label=name,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Not today")), *CompetencyLevel.choices],
            )
            self.fields[f"note_{skill.competency.pk}"] = forms.CharField(
                label=_("What it rests on"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a form in which nothing is rated, and a note without a level."""
        cleaned = super().clean() or self.cleaned_data
        for skill in self.skills:
            key = skill.competency.pk
            if cleaned.get(f"note_{key}", "").strip() and cleaned.get(f"level_{key}") is None:
                self.add_error(f"level_{key}", _("Choose the level the note is about."))
        if not self.errors and not self._rated():
            raise forms.ValidationError(_("Rate at least one competency."))
        return cleaned

    def rows(self) -> Iterator[tuple[Skill, forms.BoundField, forms.BoundField]]:
        """Yield each competency with its two fields."""
        for skill in self.skills:
            yield skill, self[f"level_{skill.competency.pk}"], self[f"note_{skill.competency.pk}"]

    def ratings(self) -> list[SkillInput]:
        """Return what was rated; only after ``is_valid``."""
        return [
            SkillInput(key, CompetencyLevel(level), self.cleaned_data.get(f"note_{key}", ""))
            for key, level in self._rated().items()
        ]

    def _rated(self) -> dict[int, int]:
        levels = {skill.competency.pk: self.cleaned_data.get(f"level_{skill.competency.pk}") for skill in self.skills}
        return {key: level for key, level in levels.items() if level is not None}
