"""What the jobs of the demo answer for and ask, in words."""

from people.enums import CompetencyLevel

LEARNING, DEVELOPING, PROFICIENT, ADVANCED, EXPERT = CompetencyLevel

COMPETENCIES: dict[str, str] = {
    "Customer focus": "Finds out what the customer needs and sees it through.",
    "Written communication": "Writes so that the reader knows what to do next.",
    "Accuracy": "Delivers work that need not be corrected.",
    "Planning": "Keeps dates, and says early when one is in danger.",
    "Working with others": "Shares what others need and asks before it hurts.",
    "Problem solving": "Finds causes instead of moving symptoms.",
    "Leading people": "Sets clear expectations, gives timely feedback, keeps promises.",
    "Tools and systems": "Uses the systems of the job with ease.",
}

_EVERYBODY = {"Working with others": PROFICIENT, "Planning": PROFICIENT, "Tools and systems": PROFICIENT}
_LEADERS = {
    "Leading people": ADVANCED,
    "Planning": ADVANCED,
    "Working with others": ADVANCED,
    "Problem solving": PROFICIENT,
}

#: By a word in the job's name: the responsibilities, and the competencies on top of everybody's.
FAMILIES: tuple[tuple[str, tuple[str, ...], dict[str, CompetencyLevel]], ...] = (
    (
        "Support",
        (
            "Answer customers within the agreed time",
            "Solve cases at the first contact",
            "Keep the case record complete",
        ),
        {"Customer focus": ADVANCED, "Written communication": PROFICIENT, "Accuracy": PROFICIENT},
    ),
    (
        "Onboarding",
        ("Bring new customers into use within 30 days", "Keep the onboarding guide up to date"),
        {"Customer focus": PROFICIENT, "Written communication": PROFICIENT},
    ),
    (
        "ngineer",
        (
            "Deliver planned changes on the agreed date",
            "Keep defects in production low",
            "Review the work of colleagues",
        ),
        {"Problem solving": ADVANCED, "Accuracy": PROFICIENT},
    ),
    (
        "Sales",
        ("Reach the agreed revenue", "Keep the forecast within 10 % of the result"),
        {"Customer focus": ADVANCED, "Planning": ADVANCED},
    ),
    (
        "Technician",
        ("Produce to plan", "Keep rework below the agreed share", "Keep the line safe and tidy"),
        {"Accuracy": ADVANCED, "Problem solving": DEVELOPING},
    ),
)
USUAL_RESPONSIBILITIES = ("Deliver the agreed work on time", "Keep errors low", "Share knowledge with the team")


def responsibilities_of(job: str) -> tuple[str, ...]:
    """Return what the job answers for."""
    own = next((words for word, words, _levels in FAMILIES if word in job), USUAL_RESPONSIBILITIES)
    return (*own, "Lead the team to its objectives") if is_leading(job) else own


def levels_of(job: str) -> dict[str, CompetencyLevel]:
    """Return the competencies the job asks for, with their levels."""
    own = next((levels for word, _words, levels in FAMILIES if word in job), {"Accuracy": PROFICIENT})
    return {**_EVERYBODY, **own, **(_LEADERS if is_leading(job) else {})}


def is_leading(job: str) -> bool:
    """Return whether the job leads people."""
    return any(word in job for word in ("lead", "Head", "Chief", "supervisor"))
