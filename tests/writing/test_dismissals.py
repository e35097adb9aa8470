"""Remarks somebody has set aside."""

from pipcycle.writing import Dismissal, Remark, Severity, check_text, sorted_remarks, without_dismissed


def test_a_remark_set_aside_stays_away_wherever_the_words_stand() -> None:
    before = check_text("Improve as needed")
    kept = [Dismissal.of(before[0].code, before[0].excerpt)]

    assert [r.excerpt for r in without_dismissed(check_text("Then IMPROVE it as needed"), kept)] == ["as needed"]


def test_other_words_of_the_same_list_are_still_remarked_on() -> None:
    kept = [Dismissal.of("words.vague_verb", "improve")]

    assert [r.excerpt for r in without_dismissed(check_text("improve\nenhance"), kept)] == ["enhance"]


def test_a_dismissal_stored_as_two_columns_works_as_well() -> None:
    assert without_dismissed(check_text("as  Needed"), [Dismissal("words.vague_amount", "AS NEEDED")]) == []


def test_what_must_be_mended_cannot_be_set_aside() -> None:
    must = Remark(code="measure.no_target", severity=Severity.MUST, field="target", message="m", how="h")

    assert without_dismissed([must], [Dismissal.of(must.code)]) == [must]


def test_remarks_are_sorted_by_what_they_ask() -> None:
    def made(severity: Severity, start: int) -> Remark:
        return Remark(code="x", severity=severity, field="title", message="m", how="h", start=start)

    hint, should, must, earlier = (made(s, n) for s, n in [(1, 0), (2, 5), (3, 9), (2, 1)])  # type: ignore[arg-type]

    assert sorted_remarks([hint, should, must, earlier]) == [must, earlier, should, hint]
