"""M: a figure that is known today, one to reach, and in which unit; or milestones; or something others can see."""

from decimal import Decimal

from django.utils.translation import gettext as _

from goals.coaching.draft import Around, GoalDraft, Remarks, remark
from goals.enums import Measure
from metrics.enums import Direction
from pipcycle.writing import Severity
from pipcycle.writing.shape import names_a_measure

FEWEST_STEPS = 2
HUNDRED = 100


def review_figures(draft: GoalDraft, around: Around) -> Remarks:
    """Yield what is missing or wrong among baseline, target and unit."""
    if not draft.is_measured:
        return
    if draft.baseline is None:
        yield remark(
            "measurable.no_baseline",
            Severity.MUST,
            "baseline",
            _("Nobody can tell how far the way is: the value today is missing."),
            _("Look up the latest value. If none is known, let measuring it for a month be the first milestone."),
        )
    if draft.target is None:
        yield remark(
            "measurable.no_target",
            Severity.MUST,
            "target",
            _("There is no value to reach."),
            _("Give the value at which both of you would say “reached”."),
        )
    if not draft.unit.strip() and draft.measure == Measure.NUMBER and not draft.has_metric:
        yield remark(
            "measurable.no_unit",
            Severity.SHOULD,
            "unit",
            _("The figures have no unit."),
            _("Say of what: hours, claims a week, points, dollars."),
        )
    if draft.baseline is not None and draft.target is not None:
        yield from _review_way(draft, draft.baseline, draft.target)
    if draft.is_in_percent and draft.target is not None and not 0 <= draft.target <= HUNDRED:
        yield remark(
            "measurable.percent_out_of_range",
            Severity.SHOULD,
            "target",
            _("%(target)s is more than everything, or less than nothing.") % {"target": draft.in_words(draft.target)},
            _("A share lies between 0 and 100. For a change in per cent, give the value to reach instead."),
        )


def _review_way(draft: GoalDraft, baseline: Decimal, target: Decimal) -> Remarks:
    words = {"baseline": draft.in_words(baseline), "target": draft.in_words(target)}
    if baseline == target:
        yield remark(
            "measurable.target_is_baseline",
            Severity.MUST,
            "target",
            _("The target is the value of today: %(target)s is reached already.") % words,
            _("Set a target beyond today, or say in the title that the level is to be held, and how long."),
        )
    elif (target > baseline) is not (draft.direction == Direction.HIGHER):
        is_up = draft.direction == Direction.HIGHER
        yield remark(
            "measurable.wrong_side",
            Severity.MUST,
            "target",
            (
                _("Higher is better here, but %(target)s is below today's %(baseline)s.")
                if is_up
                else _("Lower is better here, but %(target)s is above today's %(baseline)s.")
            )
            % words,
            _("Turn “which way is better” round, or correct one of the two values."),
        )


def review_steps(draft: GoalDraft, around: Around) -> Remarks:
    """Yield what is missing in a list of milestones."""
    if draft.measure != Measure.MILESTONES:
        return
    named = [step for step in draft.steps if step.title.strip()]
    if not named:
        yield remark(
            "measurable.no_steps",
            Severity.MUST,
            "steps",
            _("The goal is measured by milestones, but there is none."),
            _("Name two to five results that show the way: “Draft agreed with finance”, “Pilot in two teams done”."),
        )
    elif len(named) < FEWEST_STEPS:
        yield remark(
            "measurable.one_step",
            Severity.HINT,
            "steps",
            _("A single milestone shows no way, only its end."),
            _("Add what will be there half-way, or measure the goal as reached or not."),
        )


def review_evidence(draft: GoalDraft, around: Around) -> Remarks:
    """Yield a remark where nothing tells an outsider that the goal is reached."""
    if draft.measure != Measure.YES_NO or not draft.title.strip():
        return
    if not names_a_measure(f"{draft.title}\n{draft.why}", language=draft.language):
        yield remark(
            "measurable.no_evidence",
            Severity.SHOULD,
            "title",
            _("Nothing says how somebody else would see that this is reached."),
            _("Name what will exist or be counted: “published and signed by …”, “12 people trained”."),
            text=draft.title,
        )
