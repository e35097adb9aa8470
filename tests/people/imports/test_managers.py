"""Whom everybody reports to, found by number, name or a key of the file's own, never in a circle."""

from hypothesis import given
from hypothesis import strategies as st

from people.imports.clean import CleanRow
from people.imports.managers import Directory, Known, Verdict, resolve_managers


def row(
    line: int, name: str, *, manager: str = "", number: str = "", key: str = "", status: str = "active"
) -> CleanRow:
    """Return the row of somebody whose number is the line."""
    given_name, _space, family_name = name.partition(" ")
    return CleanRow(
        line, str(line), given_name, family_name, manager_name=manager, manager_number=number, manager_key=key,
        status=status,
    )  # fmt: skip


def resolve(*rows: CleanRow, existing: dict[str, Known] | None = None) -> dict[int, Verdict]:
    """Return the verdict on each row by its line."""
    directory = Directory(existing or {})
    for each in rows:
        directory.add(each)
    return {verdict.line: verdict for verdict in resolve_managers(directory)}


def summary(verdict: Verdict) -> tuple[str, str, list[str]]:
    """Return the manager, the name kept, and the codes."""
    return verdict.manager, verdict.reported, [finding.code for finding in verdict.findings]


def test_manager_is_found_by_name_wherever_the_row_stands() -> None:
    verdicts = resolve(row(2, "Ann Lee", manager="Roe, Bo  J."), row(3, "Bo Roe"))

    assert summary(verdicts[2]) == ("3", "", [])


def test_manager_is_found_by_number() -> None:
    assert summary(resolve(row(2, "Ann Lee", number="3"), row(3, "Bo Roe"))[2]) == ("3", "", [])


def test_number_is_followed_where_the_name_disagrees() -> None:
    verdicts = resolve(row(2, "Ann Lee", number="3", manager="Cy Doe"), row(3, "Bo Roe"), row(4, "Cy Doe"))

    assert summary(verdicts[2]) == ("3", "", ["manager_disagrees"])


def test_manager_may_be_an_employee_of_the_database() -> None:
    assert summary(resolve(row(2, "Ann Lee", manager="Bo Roe"), existing={"B1": Known("Bo Roe")})[2]) == ("B1", "", [])


def test_manager_who_is_no_employee_is_kept_by_name() -> None:
    assert summary(resolve(row(2, "Ann Lee", manager="Board of Trustees"))[2]) == (
        "", "Board of Trustees", ["manager_not_employee"],
    )  # fmt: skip


def test_name_of_two_people_is_not_followed() -> None:
    verdicts = resolve(row(2, "Ann Lee", manager="Bo Roe"), row(3, "Bo Roe"), row(4, "Bo A. Roe"))

    assert summary(verdicts[2]) == ("", "Bo Roe", ["manager_ambiguous"])


def test_choice_between_two_of_the_same_name_is_kept() -> None:
    existing = {"2": Known("Ann Lee", manager="4"), "3": Known("Bo Roe"), "4": Known("Bo Roe")}

    assert summary(resolve(row(2, "Ann Lee", manager="Bo Roe"), existing=existing)[2]) == ("4", "Bo Roe", [])


def test_manager_set_by_hand_stays_while_the_file_says_the_same() -> None:
    existing = {"2": Known("Ann Lee", manager="3", reported="The Board"), "3": Known("Bo Roe")}

    assert summary(resolve(row(2, "Ann Lee", manager="The Board"), existing=existing)[2]) == ("3", "The Board", [])
    assert summary(resolve(row(2, "Ann Lee", manager="New Board"), existing=existing)[2]) == (
        "", "New Board", ["manager_not_employee"],
    )  # fmt: skip


def test_own_manager_is_left_out() -> None:
    assert summary(resolve(row(2, "Ann Lee", manager="Ann Lee"))[2]) == ("", "Ann Lee", ["manager_is_self"])


def test_line_that_closes_a_circle_is_left_out_on_its_row() -> None:
    verdicts = resolve(
        row(2, "Ann Lee", manager="Bo Roe"), row(3, "Bo Roe", manager="Cy Doe"), row(4, "Cy Doe", manager="Ann Lee")
    )

    assert [summary(verdicts[line]) for line in (2, 3, 4)] == [
        ("3", "", []), ("4", "", []), ("", "Ann Lee", ["manager_cycle"]),
    ]  # fmt: skip


def test_circle_through_the_database_is_seen() -> None:
    existing = {"9": Known("Bo Roe", manager="2"), "2": Known("Ann Lee")}

    assert summary(resolve(row(2, "Ann Lee", manager="Bo Roe"), existing=existing)[2])[2] == ["manager_cycle"]


def test_manager_who_has_left_is_said_for_those_who_have_not() -> None:
    verdicts = resolve(
        row(2, "Ann Lee", manager="Bo Roe"), row(3, "Bo Roe", status="left"),
        row(4, "Cy Doe", manager="Bo Roe", status="left"),
    )  # fmt: skip

    assert summary(verdicts[2]) == ("3", "", ["manager_has_left"])
    assert summary(verdicts[4]) == ("3", "", [])


def test_key_of_the_file_is_learned_from_the_rows_that_name_the_manager() -> None:
    verdicts = resolve(
        row(2, "Bo Roe"),
        row(3, "Ann Lee", manager="Bo Roe", key="20"),
        row(4, "Cy Doe", manager="Bo Roe", key="20"),
        row(5, "Di Fox", key="20"),
        row(6, "Ed Gil", manager="Bo Roe"),
        row(7, "Flo Hay", manager="Bo Roe", key="3"),
        row(8, "Guy Ito", key="99"),
    )

    assert {line: summary(verdict) for line, verdict in verdicts.items()} == {
        3: ("2", "", []),
        4: ("2", "", []),
        5: ("2", "", ["manager_from_key"]),
        6: ("2", "", ["manager_key_filled"]),
        7: ("2", "", ["manager_key_differs"]),
        8: ("", "", ["manager_key_unknown"]),
    }


@given(st.lists(st.integers(0, 11), min_size=1, max_size=12))
def test_no_claims_ever_make_a_circle(managers: list[int]) -> None:
    rows = [row(place, f"P{place} Q{place}", number=str(manager)) for place, manager in enumerate(managers)]

    verdicts = resolve(*rows)

    above = {str(line): verdict.manager for line, verdict in verdicts.items() if verdict.manager}
    for start in above:
        seen, here = {start}, start
        while here in above:
            here = above[here]
            assert here not in seen
            seen.add(here)


@given(st.lists(st.integers(0, 11), min_size=1, max_size=12))
def test_same_file_gives_the_same_lines_again(managers: list[int]) -> None:
    rows = [row(place, f"P{place} Q{place}", number=str(manager)) for place, manager in enumerate(managers)]
    first = resolve(*rows)
    existing = {
        str(line): Known(f"P{line} Q{line}", verdict.manager, verdict.reported) for line, verdict in first.items()
    }

    assert {line: summary(v) for line, v in resolve(*rows, existing=existing).items()} == {
        line: summary(v) for line, v in first.items()
    }
