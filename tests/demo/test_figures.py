"""The figures of the demo: two years that can be told from noise where something happened."""

import random
from datetime import date, timedelta
from statistics import mean

from demo.seed.figures import TEAM_STORIES, Figure, Person, Turn, figures_of

TODAY = date(2026, 11, 24)
LONG_AGO = date(2019, 3, 4)


def is_weekday(day: date) -> bool:
    """Every weekday is worked."""
    return day.weekday() < 5


def told(person: Person, seed: int = 1) -> list[Figure]:
    """Return the figures of the person."""
    return list(figures_of(person, today=TODAY, is_worked=is_weekday, chance=random.Random(seed)))


def of(metric: str, figures: list[Figure]) -> dict[date, float]:
    """Return the values of one metric by their first day."""
    return {day: value for name, day, value in figures if name == metric}


def test_the_same_seed_gives_the_same_figures() -> None:
    person = Person(LONG_AGO, counts_items=True, turns=TEAM_STORIES[0])

    assert told(person) == told(person)
    assert told(person) != told(person, seed=2)


def test_two_years_of_weeks_months_and_working_days() -> None:
    figures = told(Person(LONG_AGO, counts_items=True))

    weeks, months, days = of("efficiency", figures), of("absenteeism", figures), of("items", figures)
    assert (len(weeks), len(months), len(days)) == (104, 23, 520)
    assert {day.weekday() for day in weeks} == {0}
    assert {day.day for day in months} == {1}
    assert max(weeks) == date(2026, 11, 16)
    assert all(is_weekday(day) for day in days)


def test_nothing_is_observed_before_hire_or_on_leave() -> None:
    hired, first, last = date(2026, 3, 2), date(2026, 7, 6), date(2026, 7, 17)
    figures = told(Person(hired, counts_items=True, away=[(first, last)]))

    days = {day for name, day, _value in figures if name in {"items", "efficiency"}}
    assert min(days) == hired
    assert not any(first <= day <= last for day in days)


def test_values_stay_in_their_range() -> None:
    figures = [figure for seed in range(20) for figure in told(Person(LONG_AGO, counts_items=True), seed)]

    assert all(0 <= value <= 100 for name, _day, value in figures if name in {"accuracy", "attendance"})
    assert all(value >= 0 for _name, _day, value in figures)
    assert all(of("errors", figures)[day] <= items for day, items in of("items", figures).items())


def test_a_turn_shows_in_its_weeks_and_only_there() -> None:
    plain = of("efficiency", told(Person(LONG_AGO)))
    turned = of("efficiency", told(Person(LONG_AGO, turns=[Turn("efficiency", 10, -8.0, until_weeks_ago=6)])))

    changed = {day: round(turned[day] - plain[day], 6) for day in plain if turned[day] != plain[day]}
    last_monday = date(2026, 11, 16)
    assert sorted(changed) == [last_monday - timedelta(weeks=ago - 1) for ago in range(10, 5, -1)]
    assert set(changed.values()) == {-8.0}


def test_a_growing_turn_begins_at_nothing_and_ends_at_the_whole() -> None:
    plain = list(of("efficiency", told(Person(LONG_AGO))).values())
    turned = of("efficiency", told(Person(LONG_AGO, turns=[Turn("efficiency", 30, -14.0, grows=True)])))

    differences = [after - before for before, after in zip(plain, turned.values(), strict=True)]
    assert mean(differences[:74]) == 0
    assert abs(differences[-1] - -14.0 * 29 / 30) <= 0.1  # each value is rounded to one place
