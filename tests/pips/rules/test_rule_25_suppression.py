"""Rule 25: groups under five are suppressed, and their complements with them."""

from pips.fairness import Counts, break_down


def test_a_group_under_five_is_not_shown_and_cannot_be_worked_out() -> None:
    found = break_down(
        {
            "20-29": Counts(people=4, on_plan=1),
            "30-39": Counts(people=12, on_plan=2),
            "40-49": Counts(people=15, on_plan=1),
        }
    )

    shown = {comparison.group for comparison in found.comparisons}
    assert "20-29" not in shown
    assert len(shown) < 2  # with both others shown, the total would give the small one away
    assert found.left_out >= 5


def test_a_group_whose_complement_is_under_five_is_not_shown_either() -> None:
    found = break_down({"women": Counts(people=3, on_plan=0), "men": Counts(people=40, on_plan=5)})

    assert found.comparisons == ()
