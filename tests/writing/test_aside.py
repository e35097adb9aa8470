"""Remarks somebody has set aside with a reason."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipcycle.writing import Remark, SetAside, Severity, check_text, part_set_aside, sorted_remarks

VAGUE = SetAside(code="words.vague_amount", field="title", words="as needed", reason="The list is in the handbook.")


def shown(remarks: list[Remark]) -> list[tuple[str, str]]:
    return [(remark.field, remark.excerpt) for remark in remarks]


@pytest.mark.parametrize("text", ["as needed", "Visit AS NEEDED", "visit us as\nneeded", "as needed, and as needed"])
def test_a_remark_stays_aside_while_the_words_are_the_same(text: str) -> None:
    assert part_set_aside(check_text(text, field="title"), [VAGUE]) == ([], [VAGUE])


def test_other_words_of_the_same_list_and_the_same_words_elsewhere_are_still_remarked_on() -> None:
    remarks = [*check_text("as required", field="title"), *check_text("as needed", field="why")]

    kept, holding = part_set_aside(remarks, [VAGUE])

    assert shown(kept) == [("title", "as required"), ("why", "as needed")]
    assert holding == []


def test_rows_may_change_places() -> None:
    aside = SetAside(code="words.vague_time", field="steps-0-title", words="asap", reason="It is the system's name.")

    assert part_set_aside(check_text("ASAP", field="steps-3-title"), [aside]) == ([], [aside])


def test_a_remark_that_quotes_nothing_holds_while_the_field_says_the_same() -> None:
    remark = Remark(code="timed.weekend", severity=Severity.HINT, field="due_on", message="A Saturday.", how="h")
    aside = SetAside.of(remark, "We work on Saturdays.", text_of=lambda _field: "2026-05-23")

    assert aside.said == "A Saturday."
    assert part_set_aside([remark], [aside], text_of=lambda _field: "2026-05-23") == ([], [aside])
    assert part_set_aside([remark], [aside], text_of=lambda _field: "2026-05-30") == ([remark], [])


def test_what_must_be_mended_cannot_be_set_aside() -> None:
    must = Remark(code="measure.no_target", severity=Severity.MUST, field="target", message="m", how="h")

    assert part_set_aside([must], [SetAside.of(must, "Because.")]) == ([must], [])


TEXT = st.text(max_size=40)


@given(
    st.builds(
        SetAside, code=TEXT, field=TEXT, words=TEXT, reason=TEXT, said=TEXT, by=st.none() | st.integers(1, 10**9),
        at=st.none() | st.datetimes(timezones=st.just(datetime.UTC)),
    )
)  # fmt: skip
def test_it_comes_back_from_json_as_it_was(aside: SetAside) -> None:
    assert SetAside.from_json(json.loads(json.dumps(aside.as_json()))) == aside


def test_what_is_no_such_thing_is_not_read() -> None:
    with pytest.raises(KeyError):
        SetAside.from_json({"code": "x"})


def test_remarks_are_sorted_by_what_they_ask() -> None:
    def made(severity: Severity, start: int) -> Remark:
        return Remark(code="x", severity=severity, field="title", message="m", how="h", start=start)

    hint, should, must, earlier = (made(s, n) for s, n in [(1, 0), (2, 5), (3, 9), (2, 1)])  # type: ignore[arg-type]

    assert sorted_remarks([hint, should, must, earlier]) == [must, earlier, should, hint]
