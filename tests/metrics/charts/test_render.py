"""The drawing: what it says, what it never contains, and that it is drawn once."""

import dataclasses
import datetime
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree as Tree

import pytest
from django.core.cache import cache
from django.utils import translation

from metrics.charts import NARROW, PAGE, PANEL, ChartData, ChartPoint, PointState, Size, render, render_chart
from metrics.charts.examples import accuracy_data, attendance_data, errors_data, skill_data
from metrics.charts.render import draw_svg

MONDAY = datetime.date(2026, 7, 13)
MISCHIEF = "</text><script>alert('1')</script>"


def drawing(data: ChartData, size: Size = PANEL) -> Tree.Element:
    """Return the drawing as a tree."""
    return Tree.fromstring(draw_svg(data, size, key="k", description="In words."))  # noqa: S314  # our own


def layer(root: Tree.Element, name: str) -> list[Tree.Element]:
    """Return what a layer drew."""
    found = [group for group in root.iter("g") if group.get("class") == f"chart__{name}"]
    return list(found[0]) if found else []


def words(root: Tree.Element) -> list[str]:
    """Return all the words of the drawing outside the titles."""
    return [element.text or "" for element in root.iter("text")]


def test_drawing_is_an_image_with_a_name_and_a_description() -> None:
    root = drawing(accuracy_data())

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-k-panel-title chart-k-panel-description"
    assert [(child.tag, child.get("id"), child.text) for child in list(root)[:2]] == [
        ("title", "chart-k-panel-title", "Accuracy"),
        ("desc", "chart-k-panel-description", "In words."),
    ]


@pytest.mark.parametrize("make", [accuracy_data, errors_data, attendance_data, skill_data])
@pytest.mark.parametrize("size", [PANEL, NARROW, PAGE])
def test_drawing_has_neither_colours_nor_styles_of_its_own(make: Callable[[], ChartData], size: Size) -> None:
    root = drawing(make(), size)

    hues = {element.get(name) for element in root.iter() for name in ("fill", "stroke")}
    assert {hue for hue in hues if hue is not None and not hue.startswith("url(#")} <= {"none", "currentColor"}
    assert [element.tag for element in root.iter() if "style" in element.attrib or element.tag == "script"] == []
    assert [name for element in root.iter() for name in element.attrib if name.startswith("on")] == []


def test_each_point_says_its_period_its_value_and_what_it_means() -> None:
    points = (
        ChartPoint(MONDAY, 91.2, PointState.WORSE),
        ChartPoint(MONDAY + datetime.timedelta(days=7), 94.0),
        ChartPoint(MONDAY + datetime.timedelta(days=14), 99.5, PointState.BETTER, "corrected"),
    )
    limits = accuracy_data().limits[0]._replace(starts_on=MONDAY, ends_on=points[-1].day)

    root = drawing(ChartData(title="Accuracy", unit="%", points=points, limits=(limits,)))

    assert [(point.get("class"), point.findtext("title")) for point in layer(root, "points")] == [
        ("chart__point chart__point--worse", "Week of 13 July 2026: 91.2%, below the mean, open signal"),
        ("chart__point chart__point--usual", "Week of 20 July 2026: 94.0%, above the mean"),
        (
            "chart__point chart__point--better",
            "Week of 27 July 2026: 99.5%, above the upper limit, signal for the better, corrected",
        ),
    ]


def test_signals_differ_by_shape_besides_hue() -> None:
    points = tuple(
        ChartPoint(MONDAY + datetime.timedelta(days=7 * index), 90.0 + index, state)
        for index, state in enumerate(PointState)
    )

    drawn = layer(drawing(ChartData(title="Accuracy", points=points)), "points")

    shapes = {state: (point.tag, point.get("r")) for state, point in zip(PointState, drawn, strict=True)}
    assert shapes[PointState.USUAL][0] == shapes[PointState.BETTER][0] == "circle"
    assert float(shapes[PointState.BETTER][1] or 0) > 1.5 * float(shapes[PointState.USUAL][1] or 0)
    assert shapes[PointState.WORSE][0] == shapes[PointState.ANSWERED][0] == "path"


def test_lines_are_named_where_they_end() -> None:
    said = words(drawing(accuracy_data()))

    assert {"Upper 97.8%", "Mean 93.1%", "Lower 88.4%", "Target 95.0%", "Goal 96.0%"} <= set(said)


def test_line_breaks_where_values_are_missing() -> None:
    lines = [group for group in drawing(accuracy_data()).iter("g") if group.get("class") == "chart__value"]

    assert len(lines) == 2


def test_weekend_does_not_break_the_line_of_days() -> None:
    friday = datetime.date(2026, 7, 10)
    points = tuple(ChartPoint(friday + datetime.timedelta(days=days), 1.0 * days) for days in (0, 3, 4))

    root = drawing(ChartData(title="Items", cadence="day", points=points))

    assert len([group for group in root.iter("g") if group.get("class") == "chart__value"]) == 1


def test_leave_is_hatched_with_a_pattern_of_its_own() -> None:
    root = drawing(accuracy_data())

    assert [area.get("fill") for area in layer(root, "leave")] == ["url(#chart-k-panel-hatch)"]
    assert [pattern.get("id") for pattern in root.iter("pattern")] == ["chart-k-panel-hatch"]


def test_trial_limits_are_dashed_and_locked_ones_are_not() -> None:
    assert len(layer(drawing(errors_data()), "limit-trial")) == 2
    assert layer(drawing(errors_data()), "limit") == []
    assert len(layer(drawing(accuracy_data()), "limit")) == 2


def test_goal_says_what_it_is() -> None:
    assert [goal.findtext("title") for goal in layer(drawing(accuracy_data()), "goal")] == ["Reach 96% by October"]


def test_levels_are_written_as_words() -> None:
    assert {"Learning", "Working", "Skilled", "Expert", "Own view", "Manager"} <= set(words(drawing(skill_data())))


def test_words_of_people_are_escaped() -> None:
    mischief = dataclasses.replace(
        accuracy_data(),
        title=MISCHIEF,
        unit=MISCHIEF,
        levels=(),
        goals=(accuracy_data().goals[0]._replace(label=MISCHIEF),),
    )

    svg = draw_svg(mischief, PANEL, key="k", description=MISCHIEF)
    levels = draw_svg(dataclasses.replace(skill_data(), levels=(MISCHIEF, "It's")), PANEL, key="k", description="")

    assert "<script" not in svg
    assert "<script" not in levels


def test_one_value_is_a_chart() -> None:
    root = drawing(ChartData(title="Items", points=(ChartPoint(MONDAY, 4.0),)))

    assert len(layer(root, "points")) == 1


def test_equal_values_are_a_chart() -> None:
    points = tuple(ChartPoint(MONDAY + datetime.timedelta(days=7 * week), 5.0) for week in range(4))

    assert len(layer(drawing(ChartData(title="Items", points=points)), "points")) == 4


def test_no_values_are_no_chart() -> None:
    assert render_chart(ChartData(title="Nothing")).is_empty


def test_chart_carries_the_same_as_a_table_latest_first() -> None:
    chart = render_chart(errors_data())

    assert chart.headings == ("Period", "Value", "What it says")
    assert chart.rows[0] == ("Week of 23 February 2026", "0\N{NO-BREAK SPACE}errors", "below the mean")
    assert len(chart.rows) == 8


def test_chart_is_described_in_words() -> None:
    assert render_chart(errors_data()).description == (
        "From 5 Jan 2026 to 23 Feb 2026. 8 values, the last is 0\N{NO-BREAK SPACE}errors. "
        "Since 5 Jan 2026: mean 1.6\N{NO-BREAK SPACE}errors, trial limits 0.0\N{NO-BREAK SPACE}errors to "
        "6.9\N{NO-BREAK SPACE}errors from 8 points. The target is 1\N{NO-BREAK SPACE}error."
    )


def test_bands_and_levels_have_tables_of_their_own() -> None:
    bands, levels = render_chart(attendance_data()), render_chart(skill_data())

    assert bands.headings == ("Period", "10%", "25%", "Median", "75%", "90%", "People")
    assert bands.rows[0][0] == "October 2026"
    assert levels.rows[0] == ("3 Jun 2026", "Manager", "Skilled")


def test_two_sizes_have_ids_of_their_own() -> None:
    chart = render_chart(accuracy_data())

    ids = re.findall(r'\sid="([^"]+)"', chart.svg + chart.narrow)
    assert len(ids) == len(set(ids)) == 6


def test_same_data_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    first = render_chart(accuracy_data())
    monkeypatch.setattr(render, "_draw", lambda *given: pytest.fail("drawn again"))

    assert render_chart(accuracy_data()) == first


def test_one_other_value_is_another_drawing() -> None:
    data = accuracy_data()
    changed = dataclasses.replace(data, points=(*data.points[:-1], data.points[-1]._replace(value=50.0)))

    assert render_chart(changed).svg != render_chart(data).svg


def test_another_language_is_another_drawing() -> None:
    english = render_chart(accuracy_data())
    with translation.override("de"):
        german = render_chart(accuracy_data())

    assert "93,1%" in german.svg
    assert "93.1%" in english.svg


def test_threads_draw_side_by_side() -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _turn: draw_svg(errors_data(), PANEL, key="k", description=""), range(12)))

    assert len(set(drawn)) == 1
