"""What people of the demo say in their check-ins; invented, of nobody."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """One check-in: points (by the leader or not), shared notes, private notes of each, actions with days and done."""

    points: Sequence[tuple[bool, str]] = ()
    notes: str = ""
    private: str = ""
    own_private: str = ""
    actions: Sequence[tuple[bool, str, int, bool]] = ()


SKIPPED = "The quarter-end closing took the whole afternoon."

TALKS = (
    Talk(
        points=((True, "What these half hours are for"), (False, "Which report comes first when two are due")),
        notes=(
            "We meet every other week, agenda open for both.\n"
            "When two reports are due on one day, the one for the auditors goes first."
        ),
        private="Seems relieved that we settle priorities. Ask again in a month whether it holds.",
        actions=((True, "Write the order of priorities into the team page", 7, True),),
    ),
    Talk(
        points=((False, "Corrections come back without a reason"), (True, "Two sessions on estimating")),
        notes=(
            "Corrections: the reviewers will name the cell and the rule from now on.\n"
            "Estimating: first session was useful, the second is booked."
        ),
        own_private="Felt rushed again. Bring the list of interruptions next time.",
        actions=(
            (True, "Agree with the reviewers on naming the rule", 7, True),
            (False, "Keep a list of interruptions for two weeks", 14, True),
        ),
    ),
    Talk(
        points=((False, "Interruptions: eleven in two weeks, seven from one team"), (True, "Good words from finance")),
        notes="Seven of eleven interruptions come from one team; they get a fixed hour on Tuesdays.",
        private="The list was honest and specific. Say so in the next review.",
        actions=((True, "Agree on the Tuesday hour with the other team", 10, True),),
    ),
    Talk(
        points=((True, "Where the figures stand"), (False, "The new form saves time")),
        notes="Error rate falls for the third week. The new form saves about a minute a case.",
        actions=((False, "Show the new form to the others on Thursday", 40, False),),
    ),
    Talk(
        points=((False, "A course in writing for the spring"), (True, "Handover before the holidays")),
        notes="The course costs two days; March suits better than February.",
        actions=((True, "Ask for the budget of the writing course", 9, False),),
    ),
)
AGENDA = (
    (False, "What counts as an error when the source is wrong"),
    (True, "Goals for the first quarter"),
    (False, "Two afternoons without meetings"),
)
SHORT = (
    Talk(
        points=((True, "How the week went"),),
        notes="Steady. Nothing blocks.",
        actions=((False, "Send the outline of the knowledge page", 6, True),),
    ),
    Talk(points=((False, "Holiday cover in December"),), notes="Cover is settled, dates are in the calendar."),
)
SHORT_AGENDA = ((False, "Who answers while I am at the training"),)
ABOVE = (
    Talk(
        points=((False, "Capacity until the end of the year"), (True, "Who could lead the second team")),
        notes="One position stays open until January. Two people could grow into leading; no decision yet.",
        actions=((False, "Sketch how the team is split in two", 12, True),),
    ),
    Talk(
        points=((True, "Who writes the job for the open position"),),
        notes="The job description is reworked before the position is opened again.",
        actions=((False, "Rework the job description", 14, True),),
    ),
    Talk(
        points=((False, "Training for those who lead for the first time"),),
        notes="Two places in January. Who goes is settled by the next time.",
        actions=((False, "Name two people for the training", 35, False),),
    ),
)
ABOVE_AGENDA = ((True, "Budget for training next year"),)
