"""Words of the demo's plans: written as a careful manager would, about invented people."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class PlanText:
    """The content of one plan; ``days_ago`` of the concerns count back from the day the draft is written."""

    template_key: str
    title: str
    root_cause: str
    concerns: tuple[tuple[int, str, str, str, str, str], ...]
    expectations: tuple[tuple[str, str, Decimal, Decimal, str, str, str], ...]
    milestones: tuple[str, str, str]
    support: tuple[tuple[str, int], ...]


DELIVERY = PlanText(
    "delivery",
    "Response times in the support queue",
    "Tickets are started in the order they are liked, not the order they are due; the queue view was never explained.",
    (
        (
            47,
            "Nine of twenty-two tickets assigned in the week were answered after the promised four hours.",
            "Queue report of that week, tickets HL-20418 to HL-20439.",
            "First answer within four working hours for 90 % of tickets.",
            "Two customers escalated; colleagues answered six tickets outside their own queue.",
            "Talked about in the 1:1 two weeks before; the queue view was shown again.",
        ),
        (
            26,
            "The hand-over note for the late shift was missing on three of five days.",
            "Shift log, entries of the evening lead.",
            "A hand-over note before the end of every shift.",
            "The late shift called three customers twice.",
            "A written reminder with an example note.",
        ),
    ),
    (
        (
            "First answers in time",
            "Share of assigned tickets with a first answer within four working hours, by week",
            Decimal(59),
            Decimal(90),
            "%",
            "at_least",
            "Ticket system, weekly queue report",
        ),
        (
            "Hand-over notes",
            "Shifts without a hand-over note, by month",
            Decimal(9),
            Decimal(1),
            "shifts",
            "at_most",
            "Shift log",
        ),
    ),
    (
        "Works the queue by due time every day; 70 % of first answers in time.",
        "80 % of first answers in time, hand-over notes complete for two weeks in a row.",
        "90 % of first answers in time over the last four weeks; at most one missing hand-over note.",
    ),
    (
        ("Two sessions of queue training with the team’s trainer", 10),
        ("A weekly half hour with the manager to go through the queue report", 14),
        ("No ticket re-assignments from other teams during the plan", 7),
    ),
)

QUALITY = PlanText(
    "quality",
    "Accuracy of customs declarations",
    "The declaration forms changed in spring and the checklist was not updated with them.",
    (
        (
            38,
            "Seven of sixty declarations came back from customs with a wrong tariff code.",
            "Customs returns, list of the month.",
            "At most two returned declarations in a hundred.",
            "Three shipments waited for two days at the terminal.",
            "The tariff guide was gone through together in August.",
        ),
    ),
    (
        (
            "Returned declarations",
            "Declarations returned by customs for each hundred filed, by month",
            Decimal("11.7"),
            Decimal(2),
            "per 100",
            "at_most",
            "Customs returns list",
        ),
        (
            "Second look",
            "Share of declarations over 10,000 in value that carry a colleague’s check",
            Decimal(40),
            Decimal(100),
            "%",
            "at_least",
            "Declaration register",
        ),
    ),
    (
        "Uses the new checklist for every declaration; training done.",
        "At most five returned in a hundred.",
        "At most two returned in a hundred, over the last thirty days.",
    ),
    (
        ("A day of tariff training with the customs broker", 14),
        ("The updated checklist and a named colleague for the second look", 5),
    ),
)

ATTENDANCE = PlanText(
    "attendance",
    "Start of shift",
    "The first bus arrives twelve minutes after the early shift begins on two days of the week.",
    (
        (
            33,
            "Arrived after the start of the shift on eight of twenty days, by between ten and thirty-five minutes.",
            "Time clock, export of the month. Days of leave are left out.",
            "At the workplace at the start of the shift.",
            "The line started late four times.",
            "Two talks, on the 3rd and on the 17th; a later shift was offered.",
        ),
    ),
    (
        (
            "On time",
            "Working days started late, by month, days of leave left out",
            Decimal(8),
            Decimal(1),
            "days",
            "at_most",
            "Time clock",
        ),
    ),
    (
        "At most four late starts since the plan began.",
        "At most two more late starts.",
        "At most one late start in the last thirty days.",
    ),
    (("The later shift on Tuesdays and Thursdays for the length of the plan", 3),),
)
