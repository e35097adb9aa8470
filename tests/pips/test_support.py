"""Where a promise stands, from what both sides say: pure."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pips.enums import SupportAnswer
from pips.support import SETTLED, SupportFacts, SupportState, support_state

DAY = datetime.date(2027, 1, 12)
ONE = datetime.timedelta(days=1)
DELIVERED = {"due_on": DAY, "delivered_on": DAY, "confirm_by": DAY + 7 * ONE}

STATES = [
    ({"due_on": DAY}, DAY, SupportState.OPEN),
    ({"due_on": DAY}, DAY + ONE, SupportState.LATE),
    ({}, DAY, SupportState.OPEN),
    (DELIVERED, DAY + 7 * ONE, SupportState.AWAITING),
    (DELIVERED, DAY + 8 * ONE, SupportState.UNCONFIRMED),
    ({**DELIVERED, "confirm_by": None}, DAY, SupportState.UNCONFIRMED),
    ({**DELIVERED, "answer": SupportAnswer.RECEIVED}, DAY, SupportState.CONFIRMED),
    ({**DELIVERED, "answer": SupportAnswer.NOT_RECEIVED}, DAY + 99 * ONE, SupportState.DISPUTED),
    ({**DELIVERED, "answer": SupportAnswer.NOT_RECEIVED, "is_resolved": True}, DAY, SupportState.RESOLVED),
    ({"due_on": DAY, "is_resolved": True}, DAY + ONE, SupportState.RESOLVED),
]


@pytest.mark.parametrize(("facts", "today", "state"), STATES)
def test_each_state_follows_from_what_is_recorded(facts: dict[str, object], today: datetime.date, state: str) -> None:
    assert support_state(SupportFacts(**facts), today) == state  # type: ignore[arg-type]  # mixed columns


days = st.dates(datetime.date(2026, 1, 1), datetime.date(2028, 1, 1))


@given(
    due_on=st.none() | days,
    delivered_on=st.none() | days,
    confirm_by=st.none() | days,
    answer=st.sampled_from(["", *SupportAnswer.values]),
    today=days,
)
def test_nothing_is_settled_that_was_neither_delivered_nor_resolved(
    due_on: datetime.date | None,
    delivered_on: datetime.date | None,
    confirm_by: datetime.date | None,
    answer: str,
    today: datetime.date,
) -> None:
    facts = SupportFacts(due_on=due_on, delivered_on=delivered_on, confirm_by=confirm_by, answer=answer)

    is_settled = support_state(facts, today) in SETTLED

    assert not (is_settled and delivered_on is None)
    assert not (is_settled and answer == SupportAnswer.NOT_RECEIVED)
