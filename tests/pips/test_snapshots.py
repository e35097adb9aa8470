"""A plan's content as plain data, and what differs between two contents."""

import copy
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pips.enums import EmploymentEffect
from pips.snapshots import Difference, differences, figure_of, plain_figure, snapshot_of
from tests.metrics.factories import MetricFactory
from tests.pips.conftest import Stage


def test_a_snapshot_is_plain_data_and_survives_a_round_trip(stage: Stage) -> None:
    taken = snapshot_of(stage.draft())

    assert json.loads(json.dumps(taken)) == taken
    assert list(taken) == [
        "title",
        "starts_on",
        "length_days",
        "extension_days",
        "check_in_every_days",
        "root_cause",
        "employment_effects",
        "success_consequence",
        "failure_consequence",
        "harshest_step",
        "relapse_window_days",
        "relapse_terms",
        "rights",
        "version",
        "ends_on",
        "concerns",
        "expectations",
        "milestones",
        "support",
    ]
    first = taken["expectations"][0]
    assert (first["baseline"], first["target"], first["unit"], first["direction"]) == ("55", "90", "%", "at_least")
    assert [row["due_day"] for row in taken["support"]] == [7, 21]


def test_equal_content_does_not_differ(stage: Stage) -> None:
    plan = stage.draft()

    assert differences(snapshot_of(plan), snapshot_of(stage.fill(plan))) == []


def test_a_changed_target_is_told_with_its_unit(stage: Stage) -> None:
    old = snapshot_of(stage.draft())
    new = copy.deepcopy(old)
    new["expectations"][0]["target"] = "92.5"
    key = old["expectations"][0]["id"]

    assert differences(old, new) == [
        Difference(f"expectations.{key}.target", "Work is delivered on the agreed day: Target", "90%", "92.5%")
    ]


def test_another_unit_changes_how_the_figures_read_too(stage: Stage) -> None:
    old = snapshot_of(stage.draft())
    new = copy.deepcopy(old)
    new["expectations"][1]["unit"] = "tickets"

    changed = [difference.path.rpartition(".")[2] for difference in differences(old, new)]

    assert changed == ["baseline", "target", "unit"]


def test_what_the_plan_does_to_the_job_is_told_in_words(stage: Stage) -> None:
    plan = stage.draft(employment_effects=[EmploymentEffect.CHANGES_TERMS, EmploymentEffect.ADDS_DUTIES])
    new = snapshot_of(plan)

    [difference] = differences({**new, "employment_effects": []}, new)

    assert new["employment_effects"] == ["adds_duties", "changes_terms"]
    assert (difference.label, difference.old, difference.new) == (
        "What the plan does to the job",
        "",
        "It adds duties the job did not have. It changes pay, hours, place or other terms.",
    )


def test_a_metric_is_content_and_told_by_its_name(stage: Stage) -> None:
    metric = MetricFactory.create(name="Delivered on time")
    given = stage.content()["expectations"]
    plan = stage.draft()
    old = snapshot_of(plan)
    new = snapshot_of(stage.fill(plan, expectations=[replace(given[0], metric_id=metric.pk), given[1]]))

    assert new["expectations"][0]["metric_id"] == metric.pk
    assert [(found.old, found.new) for found in differences(old, new)] == [("", "Delivered on time")]


def test_it_is_the_metric_that_counts_and_not_what_it_is_called(stage: Stage) -> None:
    old = snapshot_of(stage.draft())
    old["expectations"][0] |= {"metric_id": 1, "metric": "On time"}
    renamed, replaced = copy.deepcopy(old), copy.deepcopy(old)
    renamed["expectations"][0]["metric"] = "Delivered on time"
    replaced["expectations"][0]["metric_id"] = 2

    assert differences(old, renamed) == []
    assert [found.label for found in differences(old, replaced)] == ["Work is delivered on the agreed day: Metric"]


def test_a_column_only_one_of_them_knows_is_no_difference(stage: Stage) -> None:
    new = snapshot_of(stage.draft(employment_effects=[EmploymentEffect.ADDS_DUTIES]))
    old = copy.deepcopy(new)
    del old["employment_effects"], old["expectations"][0]["metric"]

    assert differences(old, new) == []


def test_a_row_that_comes_or_goes_is_one_difference(stage: Stage) -> None:
    old = snapshot_of(stage.draft())
    new = copy.deepcopy(old)
    gone = new["support"].pop()
    new["concerns"].append({"id": None, "occurred_on": "2026-12-01", "description": "Late again.", "standard": "Day."})

    added, removed = differences(old, new)

    assert (added.path, added.old, added.is_added) == ("concerns.new1", "", True)
    assert added.label == "Example of 1 December 2026"
    assert added.new == "Date: 1 December 2026\nWhat happened: Late again.\nStandard expected: Day."
    assert (removed.path, removed.new, removed.is_removed) == (f"support.{gone['id']}", "", True)


def test_a_milestone_is_found_by_its_day_and_its_date_is_no_content(stage: Stage) -> None:
    old = snapshot_of(stage.draft())
    new = copy.deepcopy(old)
    new["milestones"][0] |= {"goal": "Half of it.", "due_on": "2027-03-01", "id": None}
    new["ends_on"] = "2027-05-01"

    assert [(found.path, found.section) for found in differences(old, new)] == [("milestones.30.goal", "milestones")]


def test_the_plan_s_own_words_come_first(stage: Stage) -> None:
    old = snapshot_of(stage.draft())
    new = {**copy.deepcopy(old), "failure_consequence": "", "extension_days": 14}

    assert [(found.label, found.old, found.new, found.section) for found in differences(old, new)] == [
        ("Days added", "", "14 days", "plan"),
        ("If the plan does not succeed", "HR decides what follows.", "", "plan"),
    ]


@pytest.mark.parametrize(
    ("figure", "text"), [("90.00", "90"), ("92.50", "92.5"), ("0.00", "0"), ("100", "100"), ("-3.10", "-3.1")]
)
def test_a_figure_is_kept_without_idle_zeros(figure: str, text: str) -> None:
    assert plain_figure(Decimal(figure)) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_figure_comes_back_as_it_was(figure: Decimal) -> None:
    assert figure_of(plain_figure(figure)) == figure
