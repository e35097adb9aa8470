"""What the demo employee says for herself: comment, rebuttal, challenged reading, request to HR, a colleague."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from people.models import Employee, Membership
from pips.enums import CompanionKind
from pips.models import MilestoneReading, Plan
from pips.services.accommodations import decide_accommodation, request_accommodation
from pips.services.companions import invite_companion
from pips.services.support import answer_support
from pips.services.voice import add_comment, add_rebuttal, challenge_reading

type On = Callable[[date], AbstractContextManager[None]]


def speak(
    *, plan: Plan, employee: Membership, hr: Membership, colleague: Employee, on: On, days_ago: Callable[[int], date]
) -> None:
    """Let the employee of a running plan use every part of her voice, on the days it would have happened."""
    with on(days_ago(22)):
        request = request_accommodation(
            actor=employee,
            plan=plan,
            words="Since the surgery I cannot look at two screens for longer than an hour without a headache.",
        )
    with on(days_ago(19)):
        decide_accommodation(
            actor=hr,
            request=request,
            is_granted=True,
            granted="A break of ten minutes away from the screen after each hour; the queue view on one large screen.",
            restrictions="No two late shifts in a row.",
            starts_on=days_ago(18),
            reason="Talked through on the phone; the large screen was ordered the same day.",
        )
    with on(days_ago(18)):
        invite_companion(actor=employee, plan=plan, email=colleague.email, kind=CompanionKind.REPRESENTATIVE)
        add_rebuttal(
            actor=employee,
            plan=plan,
            body="Six of the nine late tickets were assigned to me from another team in that week, after their four "
            "hours had begun. The report counts them as mine.",
        )
    with on(days_ago(8)):
        add_comment(
            actor=employee,
            plan=plan,
            body="The training helped. Mondays are still the hard day, and I have asked for a second look at the load.",
        )
    _answer_support(plan, employee, on, days_ago)
    _challenge(plan, employee, on, days_ago)


def _answer_support(plan: Plan, employee: Membership, on: On, days_ago: Callable[[int], date]) -> None:
    delivered = plan.support_commitments.select_related("plan__employee").filter(delivered_on__isnull=False)
    with on(days_ago(7)):
        for number, commitment in enumerate(delivered.order_by("due_day")):
            is_received = number != 1
            words = "" if is_received else "One of the two sessions took place; the second was called off."
            answer_support(actor=employee, commitment=commitment, is_received=is_received, words=words)


def _challenge(plan: Plan, employee: Membership, on: On, days_ago: Callable[[int], date]) -> None:
    reading = MilestoneReading.objects.filter(milestone__plan=plan, value__isnull=False).order_by("pk").first()
    if reading is not None:
        with on(days_ago(1)):
            challenge_reading(
                actor=employee,
                expectation=plan.expectations.get(pk=reading.expectation_id),
                reading=reading,
                words="Tickets that were handed on to another team within the four hours count as late in this figure.",
            )
