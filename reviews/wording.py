"""The questions the product ships for a review; once published, they are the organization's own."""

from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.form_kinds import ShippedTemplate
from documents.questions import AskedOf, Question, QuestionKind, QuestionsContent
from reviews.rating import BEHAVIOURS

STANDARD = "standard"

_HOW_WORK_IS_DONE = (
    _("Leaves agreed work undone or passes it on unfinished; others have to step in."),
    _("Finishes agreed work with reminders, or with corrections others have to make."),
    _("Finishes agreed work on time and to the agreed standard, and says early when something is at risk."),
    _("Finishes work others can build on without checking it, and clears obstacles before they cost time."),
    _("Raises how the whole team works: others adopt what this person has worked out."),
)
_WORKING_TOGETHER = (
    _("Keeps what others need to themself, or answers in a way that makes people stop asking."),
    _("Helps when asked, and shares information late or in part."),
    _("Shares what others need in time, listens, and settles disagreements about the matter, not the person."),
    _("Brings people together across teams and makes sure that quieter voices are heard."),
    _("Is asked for by other teams, and leaves them working together better than before."),
)
_OVERALL = (
    _("Does not yet do what the job asks."),
    _("Does part of what the job asks; the gaps are named above."),
    _("Does what the job asks, reliably."),
    _("Does more than the job asks, often."),
    _("Has changed what can be expected of the job."),
)

_SEEN_BY_OTHERS = tuple(
    Question(
        key=one.key,
        kind=QuestionKind.BEHAVIOUR,
        text=one.text,
        asked_of=AskedOf.REPORTS if one.for_managers else AskedOf.RATERS,
    )
    for one in BEHAVIOURS
)

SHIPPED = ShippedTemplate(
    kind=FormKind.APPRAISAL,
    key=STANDARD,
    content=QuestionsContent(
        name=_("Review of the year"),
        purpose=_("Once or twice a year, for everybody."),
        title=_("Review"),
        questions=(
            Question(
                key="goals",
                kind=QuestionKind.GOALS,
                text=_("What came of each goal?"),
                guidance=_("Say what was reached and what made the difference. A goal that was dropped is no failure."),
            ),
            Question(
                key="work",
                kind=QuestionKind.RATING,
                text=_("How was the work done?"),
                guidance=_("Choose the sentence that describes most days, and name one example."),
                anchors=_HOW_WORK_IS_DONE,
            ),
            Question(
                key="together",
                kind=QuestionKind.RATING,
                text=_("How was it to work together?"),
                guidance=_("Choose the sentence that describes most days, and name one example."),
                anchors=_WORKING_TOGETHER,
            ),
            Question(
                key="competencies",
                kind=QuestionKind.COMPETENCIES,
                text=_("Which level is shown in each competency of the job?"),
                is_required=False,
            ),
            Question(key="strengths", kind=QuestionKind.TEXT, text=_("What went well, and should go on?")),
            Question(
                key="obstacles",
                kind=QuestionKind.TEXT,
                text=_("What stood in the way, and what support is needed?"),
                is_required=False,
            ),
            Question(
                key="manager_feedback",
                kind=QuestionKind.TEXT,
                text=_("What should your manager go on doing, and what should they do differently?"),
                guidance=_("Your manager reads this with the rest of your self-assessment."),
                asked_of=AskedOf.SELF,
                is_required=False,
            ),
            Question(
                key="ahead",
                kind=QuestionKind.TEXT,
                text=_("What comes next: goals, and where the career may lead?"),
            ),
            Question(
                key="overall",
                kind=QuestionKind.RATING,
                text=_("Overall"),
                guidance=_("It follows from what is written above. Nobody is ranked against others."),
                asked_of=AskedOf.MANAGER,
                anchors=_OVERALL,
                is_overall=True,
            ),
            *_SEEN_BY_OTHERS,
        ),
    ),
)
