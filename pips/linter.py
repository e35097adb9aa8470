"""The linter of plans: vague, subjective and absolute words, what the law protects, health and conduct.

Deterministic word lists (docs/adr/0015-writing.md), the same engine as the coach of goals. What a plan must *have* is
asked by its gates; the linter reads what stands there, and holds a target against what people of the job have reached.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.selectors.ranges import JobRange
from pipcycle.writing import Remark, Severity, check_text, sorted_remarks, text_language, word_lists
from pipcycle.writing.languages import case_lists
from pips.days import today_for
from pips.models import Plan
from pips.quantities import quantity
from pips.readings import targets_outside_range
from pips.selectors.templates import template_of

#: Remarks that ask for a written reason before the plan is submitted; all others are advice.
SERIOUS = frozenset({"case.protected", "case.medical", "case.misconduct", "words.subjective", "target.outside_range"})
#: What the organization writes once for everybody says "may" and "as needed" on purpose; only its case is read.
_STANDING_TEXTS = frozenset({"success_consequence", "failure_consequence", "consequence", "rights"})
#: The title of a plan is a heading, and "improve" is what plans are for; rights name what the law protects.
_LEFT_OUT = {"title": ("words.vague_verb", "words.no_amount"), "rights": ("case.protected",)}

_RULES: dict[str, int] = {"case.misconduct": 1, "case.medical": 10, "case.protected": 7}


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text of the plan: the name of its field, what the page calls it, and the words."""

    field: str
    label: str | Promise
    text: str


def passages_of(plan: Plan) -> Iterator[Passage]:
    """Yield every text of the plan, in the order of its page."""
    yield Passage(field="title", label=_("Title"), text=plan.title)
    yield Passage(field="root_cause", label=_("Root cause"), text=plan.root_cause)
    yield from _rows("concerns", plan.concerns.all(), _CONCERN)
    yield from _rows("expectations", plan.expectations.all(), _EXPECTATION)
    yield from _rows("milestones", plan.milestones.all(), {"goal": _("Milestone")})
    yield from _rows("support", plan.support_commitments.all(), {"description": _("Support")})
    yield Passage(field="success_consequence", label=_("If the plan succeeds"), text=plan.success_consequence)
    yield Passage(field="failure_consequence", label=_("If the plan does not succeed"), text=plan.failure_consequence)
    yield Passage(field="rights", label=_("Rights"), text=plan.rights)


def targets_of(plan: Plan) -> Iterator[Passage]:
    """Yield each target with what it is a target of; they are figures, so no word list reads them."""
    for number, expectation in enumerate(plan.expectations.all()):
        if expectation.target is not None:
            text = f"{expectation.title}: {quantity(expectation.target, expectation.unit)}"
            yield Passage(field=f"expectations-{number}-target", label=_("Target"), text=text)


def texts_of(plan: Plan) -> dict[str, str]:
    """Return what a remark may point at, by its field."""
    return {passage.field: passage.text for passage in (*passages_of(plan), *targets_of(plan))}


_CONCERN: Mapping[str, str | Promise] = {
    "description": _("What happened"),
    "standard": _("Standard expected"),
    "evidence": _("Evidence"),
    "impact": _("Impact"),
    "prior_coaching": _("Guidance given before"),
}
_EXPECTATION: Mapping[str, str | Promise] = {
    "title": _("What is expected"),
    "measure": _("How it is measured"),
    "data_source": _("Data source"),
}


def remarks_on_plan(plan: Plan) -> list[Remark]:
    """Return every remark on the plan's words, those that ask most first; a template's own wording gets none."""
    template = template_of(plan)
    own = template.texts() if template is not None else set()
    remarks = [remark for passage in passages_of(plan) if passage.text not in own for remark in remarks_on(passage)]
    return sorted_remarks([*remarks, *_missing_evidence(plan), *_targets_beyond_the_job(plan)])


def remarks_on(passage: Passage) -> list[Remark]:
    """Return the remarks on one text."""
    language = text_language(settings.LANGUAGE_CODE)
    case = case_lists(language)
    lists = case if passage.field in _STANDING_TEXTS else (*case, *word_lists(language))
    left_out = _LEFT_OUT.get(passage.field, ())
    return check_text(passage.text, field=passage.field, lists=lists, leave_out=left_out)


def remarks_on_text(text: str) -> list[Remark]:
    """Return the remarks on any text, as if it stood in a concern."""
    return sorted_remarks(remarks_on(Passage(field="text", label=_("Text"), text=text)))


def is_serious(remark: Remark) -> bool:
    """Return whether the remark asks for a written reason before the plan is submitted."""
    return remark.code in SERIOUS


def rule_of(remark: Remark) -> int:
    """Return the number of the rule a remark belongs to (RULES.md)."""
    return _RULES.get(remark.code, 2)


def label_of(plan: Plan, field: str) -> str:
    """Return what the page calls a field, the row counted from one."""
    passages = (*passages_of(plan), *targets_of(plan))
    found = next((passage.label for passage in passages if passage.field == field), field)
    _name, _dash, rest = field.partition("-")
    number = rest.partition("-")[0]
    return f"{found} {int(number) + 1}" if number.isdigit() else str(found)


def _missing_evidence(plan: Plan) -> Iterator[Remark]:
    for number, concern in enumerate(plan.concerns.all()):
        if concern.description.strip() and not concern.evidence.strip():
            yield Remark(
                code="evidence",
                severity=Severity.HINT,
                field=f"concerns-{number}-evidence",
                message=str(_("This example names no evidence.")),
                how=str(_("Name a record both of you can look at: a report, a ticket, a message and its date.")),
            )


def _targets_beyond_the_job(plan: Plan) -> Iterator[Remark]:
    job_id = plan.job_description_id or plan.employee.job_description_id
    hints = targets_outside_range(plan.expectations.all(), job_id=job_id, today=today_for(plan.employee))
    texts = {passage.field: passage.text for passage in targets_of(plan)} if hints else {}
    for number, expectation in enumerate(plan.expectations.all()):
        if expectation.pk in hints:
            field = f"expectations-{number}-target"
            said = _what_the_job_shows(hints[expectation.pk].known)
            yield Remark(
                code="target.outside_range",
                severity=Severity.SHOULD,
                field=field,
                message=said,
                how=str(_("Choose a target people in this job have reached, or write why more is fair here.")),
                end=len(texts[field]),
                excerpt=texts[field],
            )


def _what_the_job_shows(known: JobRange) -> str:
    low, high = (quantity(round(Decimal(str(figure)), 2), known.unit) for figure in (known.low, known.high))
    return _(
        "This asks for more than %(people)d people in this job have shown: "
        "nine of ten of their months of “%(metric)s” lay between %(low)s and %(high)s."
    ) % {"people": known.people, "metric": known.name, "low": low, "high": high}


def _rows(name: str, rows: Iterable[object], labels: Mapping[str, str | Promise]) -> Iterator[Passage]:
    for number, row in enumerate(rows):
        for column, label in labels.items():
            yield Passage(field=f"{name}-{number}-{column}", label=label, text=getattr(row, column))
