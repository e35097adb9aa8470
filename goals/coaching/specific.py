"""S: the title says what will be done; and the words of every field."""

from dataclasses import replace

from django.utils.translation import gettext as _

from goals.coaching.draft import Around, GoalDraft, Remarks, remark
from goals.enums import Measure
from pipcycle.writing import Severity, check_texts, knows_language
from pipcycle.writing.shape import names_an_action, word_count

FEWEST_WORDS = 3
MOST_LETTERS = 120
_DIRECTIONS = frozenset({"words.vague_verb", "words.no_amount"})


def review_title(draft: GoalDraft, around: Around) -> Remarks:
    """Yield what is the matter with the title."""
    title = draft.title
    if not title.strip():
        yield remark(
            "specific.no_title",
            Severity.MUST,
            "title",
            _("The goal has no title."),
            _("Say in one sentence what will be done: “Answer 95% of claims within 2 working days”."),
        )
        return
    if len(title.strip()) > MOST_LETTERS:
        yield remark(
            "specific.title_long",
            Severity.SHOULD,
            "title",
            _("The title is too long to be remembered."),
            _("Keep one result in the title; move reasons to “why it matters” and steps to milestones."),
            text=title,
        )
    if not knows_language(draft.language):
        return
    if word_count(title) < FEWEST_WORDS:
        yield remark(
            "specific.title_short",
            Severity.SHOULD,
            "title",
            _("A title this short leaves open what is meant."),
            _("Say what will be done, with what, for whom."),
            text=title,
        )
    elif not names_an_action(title, language=draft.language):
        yield remark(
            "specific.no_action",
            Severity.HINT,
            "title",
            _("The title names a topic, not something that is done."),
            _("Start with a verb: answer, close, publish, train …"),
            text=title,
        )


def review_words(draft: GoalDraft, around: Around) -> Remarks:
    """Yield the remarks of the word lists on every field of text.

    Where the figures of the goal say from where to where, a title may be short about it: "improve" is a hint then.
    """
    texts = {"title": draft.title, "why": draft.why, "support_needed": draft.support_needed}
    if draft.measure == Measure.MILESTONES:
        texts |= {f"steps-{number}-title": step.title for number, step in enumerate(draft.steps)}
    for found in check_texts(texts, language=draft.language):
        if not (draft.has_figures and found.code in _DIRECTIONS):
            yield found
        elif found.code == "words.vague_verb" and found.field == "title":
            yield replace(
                found,
                severity=Severity.HINT,
                message=_("“{words}” alone does not say how much.").format(words=found.excerpt),
                how=_("The figures do: put them into the title as well, or name what will be done."),
            )
