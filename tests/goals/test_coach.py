"""The SMART coach: what it says about a draft, rule by rule; a good goal gets no remark."""

import datetime
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.coach import LETTERS, GoalDraft, StepDraft, by_letter, letter_of, review_goal
from goals.coaching.achievable import is_hard
from goals.enums import Measure
from goals.models import Cycle
from metrics.enums import Direction
from metrics.selectors.ranges import JobRange
from people.working_days import WorkingCalendar
from pipcycle.writing import Remark, Severity

TODAY = datetime.date(2026, 3, 2)
BOSTON = WorkingCalendar("US", "MA")
CYCLE = Cycle(name="2026", starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2026, 6, 30))
RANGE = JobRange(low=88.0, high=97.0, people=12)
GOOD = GoalDraft(
    title="Answer 95% of claims within 2 working days",
    why="Customers who wait longer call a second time.",
    measure=Measure.PERCENT,
    baseline=Decimal("89.5"),
    target=Decimal(95),
    unit="%",
    direction=Direction.HIGHER,
    support_needed="Two hours a week without calls.",
    starts_on=TODAY,
    due_on=datetime.date(2026, 6, 12),
    weight=3,
    has_anchor=True,
    other_weights=(3, 2),
)
GOOD_STEPS = replace(
    GOOD,
    title="Publish the handbook of the loading dock",
    measure=Measure.MILESTONES,
    baseline=None,
    target=None,
    unit="",
    steps=(
        StepDraft(title="Draft agreed with the foremen", due_on=datetime.date(2026, 4, 10)),
        StepDraft(title="Handbook printed and handed out", due_on=datetime.date(2026, 6, 12)),
    ),
)
GOOD_YES_NO = replace(
    GOOD, title="Pass the audit of the west store", measure=Measure.YES_NO, baseline=None, target=None
)


def review(draft: GoalDraft, **around: Any) -> list[Remark]:
    """Return the remarks on the draft in Boston, in the spring of 2026."""
    return review_goal(draft, **{"calendar": BOSTON, "cycle": CYCLE, "job_range": RANGE, "today": TODAY, **around})


def codes(draft: GoalDraft, **around: Any) -> list[str]:
    """Return the codes of the remarks."""
    return [remark.code for remark in review(draft, **around)]


@pytest.mark.parametrize("draft", [GOOD, GOOD_STEPS, GOOD_YES_NO], ids=["percent", "milestones", "yes-no"])
def test_a_good_goal_gets_no_remark(draft: GoalDraft) -> None:
    assert review(draft) == []


@given(
    verb=st.sampled_from(["Answer", "Close", "Ship", "Check", "Resolve"]),
    thing=st.sampled_from(["claims", "tickets", "orders", "invoices"]),
    baseline=st.integers(89, 93),
    target=st.integers(94, 97),
    days=st.integers(14, 100),
)
def test_goals_built_by_the_rules_get_no_remark(verb: str, thing: str, baseline: int, target: int, days: int) -> None:
    due = BOSTON.next_working_day(TODAY + datetime.timedelta(days=days))
    draft = replace(
        GOOD,
        title=f"{verb} {target}% of {thing} within 2 working days",
        baseline=Decimal(baseline),
        target=Decimal(target),
        due_on=due,
    )

    assert review(draft) == []


CASES: list[tuple[str, dict[str, Any], str, Severity, str]] = [
    ("no title", {"title": "  "}, "specific.no_title", Severity.MUST, "title"),
    ("one word", {"title": "Claims answered"}, "specific.title_short", Severity.SHOULD, "title"),
    ("too long", {"title": "Answer 95% of claims " * 6}, "specific.title_long", Severity.SHOULD, "title"),
    ("no verb", {"title": "Claims of the north region"}, "specific.no_action", Severity.HINT, "title"),
    (
        "vague support",
        {"support_needed": "Training as needed"},
        "words.vague_amount",
        Severity.SHOULD,
        "support_needed",
    ),
    ("attitude", {"why": "A matter of attitude."}, "words.subjective", Severity.SHOULD, "why"),
    ("no baseline", {"baseline": None}, "measurable.no_baseline", Severity.MUST, "baseline"),
    ("no target", {"target": None}, "measurable.no_target", Severity.MUST, "target"),
    (
        "no unit",
        {"measure": Measure.NUMBER, "unit": " ", "baseline": Decimal(90)},
        "measurable.no_unit",
        Severity.SHOULD,
        "unit",
    ),
    ("same", {"baseline": Decimal("95.000")}, "measurable.target_is_baseline", Severity.MUST, "target"),
    ("wrong side", {"target": Decimal(88)}, "measurable.wrong_side", Severity.MUST, "target"),
    ("lower is better", {"direction": Direction.LOWER}, "measurable.wrong_side", Severity.MUST, "target"),
    (
        "below the range",
        {"baseline": Decimal(70), "target": Decimal(80)},
        "achievable.outside_range",
        Severity.HINT,
        "target",
    ),
    ("above the range", {"target": Decimal(99)}, "achievable.outside_range", Severity.SHOULD, "target"),
    (
        "hard without support",
        {"baseline": Decimal(70), "support_needed": ""},
        "achievable.no_support",
        Severity.SHOULD,
        "support_needed",
    ),
    ("eighth goal", {"other_weights": (3,) * 7}, "achievable.too_many", Severity.HINT, "weight"),
    ("no anchor", {"has_anchor": False}, "relevant.no_anchor", Severity.MUST, "objective"),
    ("no why", {"why": ""}, "relevant.no_why", Severity.HINT, "why"),
    ("outweighs", {"weight": 10, "other_weights": (1, 1)}, "relevant.outweighs", Severity.HINT, "weight"),
    ("no due date", {"due_on": None}, "timed.no_due", Severity.MUST, "due_on"),
    ("saturday", {"due_on": datetime.date(2026, 5, 23)}, "timed.weekend", Severity.SHOULD, "due_on"),
    ("memorial day", {"due_on": datetime.date(2026, 5, 25)}, "timed.holiday", Severity.SHOULD, "due_on"),
    ("after the cycle", {"due_on": datetime.date(2026, 7, 1)}, "timed.after_cycle", Severity.SHOULD, "due_on"),
    ("thirteen days", {"starts_on": datetime.date(2026, 5, 30)}, "timed.short", Severity.SHOULD, "due_on"),
]


@pytest.mark.parametrize(("change", "code", "severity", "field"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_each_flaw_gets_its_own_remark_and_no_other(
    change: dict[str, Any], code: str, severity: Severity, field: str
) -> None:
    remarks = review(replace(GOOD, **change))

    assert [(remark.code, remark.severity, remark.field) for remark in remarks] == [(code, severity, field)]
    assert remarks[0].message
    assert remarks[0].how


def test_a_day_that_has_passed_is_said_so() -> None:
    draft = replace(GOOD, starts_on=datetime.date(2026, 1, 5), due_on=datetime.date(2026, 2, 27))

    assert codes(draft) == ["timed.past"]


def test_a_goal_due_before_it_starts_is_said_so_once() -> None:
    assert codes(replace(GOOD, starts_on=datetime.date(2026, 6, 29))) == ["timed.ends_before_start"]


def test_the_holiday_is_named_and_the_next_working_day_offered() -> None:
    (remark,) = review(replace(GOOD, due_on=datetime.date(2026, 5, 25)))

    assert remark.message == "Monday, May 25, 2026 is a public holiday: Memorial Day."
    assert remark.how == "Choose Tuesday, May 26, 2026, or the working day before."


def test_a_holiday_of_another_country_is_a_day_like_any() -> None:
    assert codes(replace(GOOD, due_on=datetime.date(2026, 5, 25)), calendar=WorkingCalendar("FR")) == ["timed.holiday"]
    assert codes(replace(GOOD, due_on=datetime.date(2026, 5, 26)), calendar=WorkingCalendar("FR")) == []


def test_the_figures_are_quoted_with_their_unit() -> None:
    (remark,) = review(replace(GOOD, target=Decimal("99.500")))

    assert remark.message == (
        "99.5% is outside what 12 people in this job have shown: nine of ten months lay between 88% and 97%."
    )


def test_without_a_known_range_nothing_is_said_about_it() -> None:
    assert codes(replace(GOOD, target=Decimal(99)), job_range=None) == []


@pytest.mark.parametrize("target", [Decimal(101), Decimal("-0.5")])
@pytest.mark.parametrize(
    ("measure", "unit"), [(Measure.PERCENT, ""), (Measure.NUMBER, "%"), (Measure.NUMBER, "Percent")]
)
def test_a_share_lies_between_nothing_and_everything(target: Decimal, measure: Measure, unit: str) -> None:
    draft = replace(GOOD, measure=measure, unit=unit, target=target)

    assert "measurable.percent_out_of_range" in codes(draft, job_range=None)


def test_a_count_may_pass_a_hundred() -> None:
    draft = replace(GOOD, measure=Measure.NUMBER, unit="claims", baseline=Decimal(110), target=Decimal(120))

    assert codes(draft, job_range=None) == []


@pytest.mark.parametrize(
    ("measure", "baseline", "target", "is_a_long_way"),
    [
        (Measure.PERCENT, 70, 90, True),
        (Measure.PERCENT, 71, 90, False),
        (Measure.NUMBER, 100, 125, True),
        (Measure.NUMBER, 100, 124, False),
        (Measure.NUMBER, 100, 75, True),
        (Measure.NUMBER, -4, -3, True),
        (Measure.NUMBER, 0, 1, True),
        (Measure.NUMBER, 0, 0, False),
        (Measure.YES_NO, 0, 1, False),
    ],
)
def test_a_long_way_is_a_quarter_or_twenty_points(
    measure: Measure, baseline: int, target: int, is_a_long_way: bool
) -> None:
    draft = GoalDraft(measure=measure, baseline=Decimal(baseline), target=Decimal(target))

    assert is_hard(draft, None) is is_a_long_way


def test_beyond_the_range_is_a_long_way_too() -> None:
    draft = GoalDraft(measure=Measure.NUMBER, baseline=Decimal(96), target=Decimal(98))

    assert (is_hard(draft, RANGE), is_hard(draft, None)) == (True, False)
    assert is_hard(replace(draft, direction=Direction.LOWER, target=Decimal(87), baseline=Decimal(90)), RANGE)


def test_a_direction_without_a_figure_is_vague() -> None:
    draft = replace(GOOD_YES_NO, title="Improve the answers to 1 in 3 claims", why="Reduce the second calls.")

    assert codes(draft) == ["words.no_amount"]
    assert codes(replace(draft, why="Reduce the second calls from 40 to 20 a week.")) == []


def test_improve_in_the_title_is_a_hint_where_the_figures_say_how_much() -> None:
    (remark,) = review(replace(GOOD, title="Improve the answers to claims"))

    assert (remark.code, remark.severity, remark.excerpt) == ("words.vague_verb", Severity.HINT, "Improve")
    assert codes(replace(GOOD, title="Raise the share of claims answered in time")) == []


def test_improve_in_the_title_should_be_mended_where_no_figure_says_how_much() -> None:
    (remark,) = review(replace(GOOD_YES_NO, title="Improve the audit of the west store"))

    assert (remark.code, remark.severity) == ("words.vague_verb", Severity.SHOULD)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ((), ["measurable.no_steps"]),
        ((StepDraft(title=" "),), ["measurable.no_steps"]),
        (GOOD_STEPS.steps[:1], ["measurable.one_step"]),
        ((GOOD_STEPS.steps[0], StepDraft(title="Printed")), ["timed.step_undated"]),
        ((GOOD_STEPS.steps[0], StepDraft(title="Printed", due_on=datetime.date(2026, 6, 15))), ["timed.step_late"]),
        ((GOOD_STEPS.steps[0], StepDraft(title="Printed", due_on=datetime.date(2026, 5, 23))), ["timed.weekend"]),
        ((GOOD_STEPS.steps[0], replace(GOOD_STEPS.steps[1], title="Printed asap")), ["words.vague_time"]),
    ],
)
def test_milestones_are_named_dated_and_inside_the_goal(steps: tuple[StepDraft, ...], found: list[str]) -> None:
    assert codes(replace(GOOD_STEPS, steps=steps)) == found


def test_a_milestone_is_quoted_under_the_name_of_its_field() -> None:
    steps = (GOOD_STEPS.steps[0], replace(GOOD_STEPS.steps[1], title="Printed asap"))
    draft = replace(GOOD_STEPS, steps=steps)

    (remark,) = review(draft)

    assert (remark.field, remark.excerpt) == ("steps-1-title", "asap")
    assert draft.text_of(remark.field)[remark.start : remark.end] == "asap"


def test_reached_or_not_needs_something_others_can_see() -> None:
    draft = replace(GOOD_YES_NO, title="Bring calm into the west store", why="People want it.")

    assert codes(draft) == ["measurable.no_evidence"]
    assert codes(replace(draft, why="The plan of the aisles is signed by the foremen.")) == []


def test_in_a_language_without_lists_only_figures_and_dates_are_checked() -> None:
    draft = replace(GOOD, language="fr", title="Kundenzufriedenheit", why="Improve as needed", baseline=None)

    assert codes(draft) == ["measurable.no_baseline"]


def test_an_empty_form_says_what_a_goal_is_made_of() -> None:
    found = review(GoalDraft())

    assert {letter_of(remark) for remark in found} == {"S", "M", "R", "T"}
    assert [remark.code for remark in found if remark.is_must] == [
        "measurable.no_baseline", "timed.no_due", "relevant.no_anchor", "measurable.no_target", "specific.no_title",
    ]  # fmt: skip


def test_every_letter_is_there_with_its_remarks() -> None:
    letters = by_letter(review(replace(GOOD, title="Improve as needed", why="asap", support_needed="etc", due_on=None)))

    assert [(letter.letter, [remark.excerpt for remark in letter.remarks]) for letter in letters] == [
        ("S", ["as needed", "Improve"]),
        ("M", []),
        ("A", ["etc"]),
        ("R", ["asap"]),
        ("T", [""]),
    ]


TEXT = st.text(max_size=40) | st.sampled_from(["Improve it asap", " Claims ", "👍 etc.", "e\u0301 always", "\n"])
DAYS = st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 1, 1))
FIGURES = st.none() | st.decimals(-1000, 1000, places=3)
DRAFTS = st.builds(
    GoalDraft,
    title=TEXT,
    why=TEXT,
    measure=st.sampled_from(Measure.values),
    baseline=FIGURES,
    target=FIGURES,
    unit=st.sampled_from(["", "%", "hours"]),
    direction=st.sampled_from(Direction.values),
    has_metric=st.booleans(),
    support_needed=TEXT,
    starts_on=DAYS,
    due_on=DAYS,
    weight=st.none() | st.integers(1, 10),
    steps=st.lists(st.builds(StepDraft, title=TEXT, due_on=DAYS), max_size=3).map(tuple),
    has_anchor=st.booleans(),
    other_weights=st.lists(st.integers(1, 10), max_size=9).map(tuple),
    language=st.sampled_from(["en", "en-gb", "de"]),
)


@given(DRAFTS)
def test_whatever_is_typed_each_remark_is_whole_and_quotes_its_field(draft: GoalDraft) -> None:
    for remark in review(draft):
        assert remark.message
        assert remark.how
        assert letter_of(remark) in LETTERS
        assert draft.text_of(remark.field)[remark.start : remark.end] == remark.excerpt


@given(DRAFTS)
def test_the_same_draft_gets_the_same_remarks_in_order_of_what_they_ask(draft: GoalDraft) -> None:
    found = review(draft)

    assert found == review(draft)
    assert [remark.severity for remark in found] == sorted((remark.severity for remark in found), reverse=True)


def test_the_draft_has_the_fields_of_the_form() -> None:
    names = {field.name for field in fields(GoalDraft)}

    assert names >= {"title", "why", "measure", "baseline", "target", "unit", "direction", "support_needed", "weight"}
