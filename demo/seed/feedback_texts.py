"""What the demo's people tell each other."""

VALUES: tuple[tuple[str, str], ...] = (
    ("Ask first", "We find out what the customer needs before we answer."),
    ("Say it early", "Bad news is told the day it is known, with what we propose."),
    ("Leave it better", "Whoever touches a page, a form or a process leaves it easier for the next one."),
    ("Share what you know", "What one has learned, the others can find."),
)

KEPT = (
    "In Tuesday's handover you wrote down the three open cases with the next step for each. I could go on without "
    "calling anybody, and the customer in Denver had an answer before lunch."
)
FRESH = (
    "Last week's answers to the billing questions were short and complete. On Thursday two customers wrote back that "
    "they understood the invoice for the first time. Keep the table with the three numbers."
)
FRESH_BEFORE = (
    "Last week's answers to the billing questions were short and complete. On Tuesday two customers wrote back that "
    "they understood the invoice for the first time. Keep the table with the three numbers."
)
QUESTION = "You have read my last ten answers. Which one would you have written otherwise, and how?"
ANSWER = (
    "The one of 3 p.m. on Wednesday: the first paragraph explains our process, which the customer did not ask about. "
    "Begin with the date on which the money arrives. The other nine I would have sent as they are."
)
OPEN_QUESTION = "What would make our handover at six o'clock easier for you?"
ASKED_OF_EMPLOYEE = "Is my guide to the new form clear to somebody who has never filled it in? Where did you stop?"
MANAGER_QUESTION = "How do the handovers go since the new form? One example each of what works and what does not."
MANAGER_ANSWER = (
    "The list of open cases comes in time on four days of five. On Fridays it is sometimes a list without the next "
    "step, and I call back."
)
TO_MATE = (
    "You trained two new colleagues in September beside your own queue, and both answered alone after eight days. I "
    "have put it into my notes for your review, and HR reads this as well."
)
UPWARD = "In the team meeting you asked each of us before you said your own view. Please keep that order."
MIXED_UP = "The report of last Friday came without the second table."
MIXED_UP_REASON = "I had confused two reports."
DECLINED = "We have hardly worked together this quarter. Ask somebody from the Tuesday shift."

#: By place in the demo manager's team (0 is the demo employee, -1 the manager): from, to, value, words, days ago.
PRAISE: tuple[tuple[int, int, int, str, int], ...] = (
    (1, 0, 0, "Called the customer in Denver before answering, and found that the order was never placed.", 3),
    (-1, 2, 3, "Wrote the page on refunds that four of us used this week.", 5),
    (0, 3, 2, "Shortened the return form from eleven fields to six. Nobody has asked for the other five.", 9),
    (2, 1, 1, "Told us on Monday, not on Friday, that the figures would be late. We moved the meeting in time.", 14),
    (3, 0, 3, "Sat with me for an hour over the new phone system.", 21),
    (-1, 4, 0, "Asked the courier three questions; the parcels arrive a day earlier since.", 26),
)
