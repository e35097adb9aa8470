"""What people of the demo want to learn, in words; by kind: what is done, how success shows, what it needs."""

from development.enums import ActionKind, StepKind

ASPIRATIONS = (
    "I want to be the one colleagues ask when a case is hard, and to teach it without slowing anybody down.",
    "In two years I want to lead a small team. Until then I want to run one project from beginning to end.",
    "I like the work as it is and want to do it with fewer corrections and calmer Mondays.",
    "I want to understand the figures behind our decisions well enough to propose one myself.",
    "I want to speak in front of the whole department without reading from a page.",
)
STRENGTHS = (
    "Customers trust me quickly.",
    "I keep dates, and say early when I cannot.",
    "I stay calm when it is busy.",
)
#: The action that is a course of the catalogue.
WRITING_COURSE = "Finish the course on clear writing"
ACTIONS: dict[ActionKind, tuple[tuple[str, str, str], ...]] = {
    ActionKind.EXPERIENCE: (
        ("Take over the Monday report for a quarter", "Nobody asks back three weeks in a row.", "Two hours a week."),
        ("Lead the hand-over of the night rota", "The rota runs for a month without a call.", "A deputy on the phone."),
        ("Handle ten cases of the hardest kind alone", "Eight of ten closed without help.", "First pick of the queue."),
        ("Present the results of the month", "Questions are answered on the spot.", ""),
    ),
    ActionKind.MENTOR: (
        ("Sit in with a colleague of another team for two days", "Three things tried out afterwards.", "Two days."),
        ("Talk through one case a week with somebody senior", "Fewer questions from week to week.", "Half an hour."),
    ),
    ActionKind.COURSE: (
        (WRITING_COURSE, "Both modules done, ten texts rewritten.", "Two days in working time."),
        ("Read up on the new system and write a page about it", "The page is used by others.", ""),
    ),
}
PROPOSED = ("Lead the team meeting twice", "Everybody had a say, and it ended on time.", "The slot on Thursday.")
NOTES = ("Harder than I thought, and going.", "Half of it stands.", "Two weeks lost to the move; the date still holds.")
EVIDENCE = "The last three reports went out without a single question back."
REFLECTION = (
    "I write faster and ask earlier. The course gave me words for what I did by feel; the cases did the rest. "
    "Next I want to pass it on."
)
RETURNED = "Good direction. One action less, please, and say how we will see that it worked."
WITHDRAWN = "Moved to another team in the middle of it; a new plan starts there."

#: The ladder of the demo: from, to, kind, what usually comes before.
STEPS: tuple[tuple[str, str, StepKind, str], ...] = (
    ("Onboarding specialist", "Support specialist", StepKind.ACROSS, ""),
    ("Support specialist", "Support team lead", StepKind.UP, "Two years in the job, new colleagues trained"),
    ("Support specialist", "Account manager", StepKind.ACROSS, "Knows the twenty largest customers"),
    ("Support team lead", "Head of Customer Support", StepKind.UP, "A project across two departments"),
    ("Quality engineer", "Software engineer", StepKind.ACROSS, ""),
    ("Software engineer", "Engineering lead", StepKind.UP, "Has led the design of one system"),
    ("Engineering lead", "Head of Engineering", StepKind.UP, ""),
    ("Dispatcher", "Operations analyst", StepKind.ACROSS, ""),
    ("Operations analyst", "Shift supervisor", StepKind.UP, "Has stood in for a supervisor"),
    ("Shift supervisor", "Head of Operations", StepKind.UP, ""),
    ("Sales representative", "Account manager", StepKind.UP, ""),
    ("Account manager", "Sales team lead", StepKind.UP, "Three years of reached targets"),
    ("Sales team lead", "Head of Sales", StepKind.UP, ""),
    ("Payroll specialist", "Accountant", StepKind.ACROSS, ""),
    ("Accountant", "Financial analyst", StepKind.UP, ""),
    ("Technician I", "Technician II", StepKind.UP, "Certified on both lines"),
    ("Technician II", "Line supervisor", StepKind.UP, "Has trained two newcomers"),
    ("Line supervisor", "Head of Production", StepKind.UP, ""),
)
