"""The small line: where it runs, and its words for those who do not see it."""

from hypothesis import given
from hypothesis import strategies as st

from metrics.charts.sparkline import HEIGHT, draw_sparkline
from metrics.models import Metric
from metrics.templatetags.metrics import metric_value, sparkline


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=60))
def test_line_stays_in_its_box(values: list[float | None]) -> None:
    line = draw_sparkline(values)

    if line is None:
        assert set(values) == {None}
    else:
        assert 0 <= float(line.last_y) <= HEIGHT
        assert 0 <= float(line.last_x) <= 120


def test_missing_value_breaks_the_line() -> None:
    line = draw_sparkline([1.0, 2.0, None, 3.0])

    assert line is not None
    assert line.path == "M3.0 25.0L41.0 14.0M117.0 3.0"


def test_equal_values_run_through_the_middle() -> None:
    line = draw_sparkline([5.0, 5.0])

    assert line is not None
    assert line.path == "M3.0 14.0L117.0 14.0"


def test_limits_are_a_band() -> None:
    line = draw_sparkline([2.0, 8.0], lower=0.0, upper=10.0)

    assert line is not None
    assert (line.band_y, line.band_height) == ("3.0", "22.0")


def test_tag_is_silent_and_says_the_same_in_words() -> None:
    html = sparkline([90.0, 94.26, 93.0], metric=Metric(unit="%", decimals=1))

    assert 'aria-hidden="true"' in html
    assert "from 90.0% to 93.0%, lowest 90.0%, highest 94.3%" in html


def test_tag_marks_the_last_point_of_an_open_signal_only_as_asked() -> None:
    assert "sparkline__last--worse" in sparkline([1.0, 2.0], state="worse")
    assert "sparkline__last--" not in sparkline([1.0, 2.0], state='"><script>')


def test_tag_says_when_there_is_nothing() -> None:
    assert sparkline([]) == '<span class="muted">No values yet</span>'


def test_value_is_written_with_the_unit_and_decimals_of_its_metric() -> None:
    assert metric_value(1204.0, Metric(unit="items", decimals=0)) == "1,204\N{NO-BREAK SPACE}items"
    assert metric_value(-0.04, Metric(unit="%", decimals=1)) == "0.0%"
    assert metric_value(1.0, Metric(unit="times", decimals=0)) == "1\N{NO-BREAK SPACE}time"
    assert metric_value(1.0, Metric(unit="calls", decimals=0)) == "1\N{NO-BREAK SPACE}calls"
    assert metric_value(1.5, Metric(unit="days", decimals=1)) == "1.5\N{NO-BREAK SPACE}days"
    assert metric_value(None, Metric(unit="%")) == ""
