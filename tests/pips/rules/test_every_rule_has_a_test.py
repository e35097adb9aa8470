"""Every rule of the domain that concerns plans has a specification of its own in this folder."""

import re
from pathlib import Path

#: Rules a plan is under: how it starts (1–5), runs (6–13), what is signed and whose rights (14–19), fairness (23–25).
CONCERNING_PLANS = {*range(1, 20), *range(23, 26)}

#: Rules that are none of a plan's own, and where they belong.
ELSEWHERE = {
    20: "retention of records",
    21: "requests of access and erasure",
    22: "expiry of records, and holds",
    26: "no score is computed anywhere that decides about a person",
    27: "limits of a chart, in the metrics room",
    28: "before and after, in the metrics room",
    29: "rates and their intervals, in the metrics room",
}


def numbers_with_a_test() -> set[int]:
    names = (path.name for path in Path(__file__).parent.glob("test_rule_*.py"))
    return {int(found.group(1)) for name in names if (found := re.match(r"test_rule_(\d+)_\w+\.py$", name))}


def test_each_rule_that_concerns_plans_has_a_specification() -> None:
    assert numbers_with_a_test() == CONCERNING_PLANS


def test_no_rule_is_forgotten() -> None:
    assert CONCERNING_PLANS | ELSEWHERE.keys() == set(range(1, 30))


def test_each_specification_names_its_rule_first() -> None:
    for path in Path(__file__).parent.glob("test_rule_*.py"):
        number = int(path.name.split("_")[2])
        numbers = re.match(r'"""Rules? (\d+)(?:[–, and]+(\d+))?', path.read_text(encoding="utf-8"))
        assert numbers is not None, path.name
        first = int(numbers.group(1))
        assert first <= number <= int(numbers.group(2) or first), path.name
