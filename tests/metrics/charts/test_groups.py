"""Charts of groups and of skills."""

import datetime

from metrics.charts import ChartBand, render_chart
from metrics.charts.groups import bands_chart, skill_chart
from metrics.enums import Cadence
from metrics.models import GroupRollup, Metric

METRIC = Metric(name="Attendance", unit="%", decimals=1, target=95.0)
DAY = datetime.date(2026, 6, 1)
LEVELS = ("Learning", "Working", "Skilled", "Expert")


def test_bands_carry_each_month_and_the_target() -> None:
    rollup = GroupRollup(starts_on=DAY, p10=88, p25=91, p50=94, p75=96, p90=98, people=40)

    data = bands_chart(METRIC, [rollup], title="Attendance in Operations")

    assert (data.title, data.unit, data.cadence, data.target) == ("Attendance in Operations", "%", Cadence.MONTH, 95.0)
    assert data.bands == (ChartBand(DAY, 88, 91, 94, 96, 98, 40),)


def test_bands_say_each_month_in_words() -> None:
    rollup = GroupRollup(starts_on=DAY, p10=88, p25=91, p50=94, p75=96, p90=98, people=40)

    assert render_chart(bands_chart(METRIC, [rollup])).latest == (
        "June 2026: median 94.0%, half between 91.0% and 96.0%, four of five between 88.0% and 98.0%"
    )


def test_skill_shows_both_views_and_what_the_job_expects() -> None:
    views = {"own": ("Own view", [(DAY, 2)]), "manager": ("Manager", [(DAY, 1), (DAY + datetime.timedelta(90), 3)])}

    data = skill_chart("Written English", levels=LEVELS, views=views, expected=3)

    assert [(path.name, len(path.points)) for path in data.paths] == [("own", 1), ("manager", 2)]
    assert data.target == 3.0
    chart = render_chart(data)
    assert "Expected" in chart.svg
    assert chart.latest == "30 Aug 2026: Manager, Skilled"


def test_skill_without_ratings_is_no_chart() -> None:
    assert render_chart(skill_chart("Written English", levels=LEVELS, views={"own": ("Own view", [])})).is_empty
