"""What people of the demo say in their reviews."""

STRENGTHS = (
    "Cases are closed with a note the next shift can work from.",
    "Asks early when an instruction is unclear, and writes the answer down for others.",
    "Keeps calm on busy days; the handover list is complete.",
    "Checks figures against the source before they are sent.",
)
OBSTACLES = (
    "Two systems hold the same address; one of them is always old.",
    "Requests arrive by mail, phone and chat, so some are answered twice.",
    "",
)
AHEAD = (
    "Bring the share of corrections down further and train one new colleague.",
    "Take over the weekly report and learn the new planning tool.",
    "Stay with the current work and become the one who is asked about returns.",
)
COMMENTS = (
    "The queue of Monday mornings is the best example.",
    "Seen in the week of the inventory.",
    "The customer survey says so too.",
)
TO_MANAGER = (
    "Please go on with the short talk on Fridays. Changes of the rota should come a week earlier.",
    "Feedback right after a case helps more than once a quarter.",
)
OVERALL = (
    "Does the job reliably; the one gap is named above and has a goal of its own.",
    "A good year. The next step is to hand on what works.",
)
RECEIPT = "I have read it. I see the second quarter differently: two people were missing in the team."
LOOK_BACK = {
    "results": "Both figures lie where the plan wanted them, without extra help.",
    "support": "The weekly half hour was given to the end and is now every other week.",
    "recognition": "Named in the team meeting, with the employee’s consent.",
    "lessons": "The data source should have been set up before the plan began, not in its second week.",
}
GOES_ON = (
    "Asking before answering.",
    "The notes in the handover; nobody has to call back.",
    "Saying when something will be late.",
    "Taking the new ones along.",
    "Staying friendly on the phone when it is loud.",
)
DIFFERENTLY = (
    "Say no sometimes. Too much is taken on.",
    "Bring questions to the weekly talk instead of a chat late in the day.",
    "Let others finish; the good idea is still there afterwards.",
    "",
    "",
)
