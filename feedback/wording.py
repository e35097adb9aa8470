"""Remarks on the words of a feedback note: gentle help while writing, never a gate."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pipcycle.writing import Remark, Severity, WordList, check_text, knows_language, word_lists
from pipcycle.writing.lists import split_patterns

#: What is said of goals and matters little in a note.
_LEFT_OUT = frozenset({"words.no_amount", "words.vague_verb", "words.weak_intent", "words.unclear_choice"})
MOST_SHOWN = 8
_AROUND = 32

HEALTH = WordList(
    code="words.health",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        depressed; depression; anxiety; burnout; burned out; burnt out; stressed out; bipolar; autistic; adhd;
        disorder+; disability; disabled; handicap+; illness; illnesses; disease+; cancer; diabetes; pregnant; pregnancy;
        medication+; therapy; therapist+; mental health; sick leave; medical; diagnosis; diagnosed; alcoholic;
        alcoholism; addicted; addiction; menopause; chronic
    """),
    message=_("“{words}” is about somebody's health."),
    how=_("Leave health out of a note. Write what was done or delivered; what concerns health belongs to HR alone."),
)

KINDS: dict[Severity, str] = {Severity.MUST: "warning", Severity.SHOULD: "info", Severity.HINT: "neutral"}
ASKS: dict[Severity, str | Promise] = {
    Severity.MUST: _("Needed"),
    Severity.SHOULD: _("Advised"),
    Severity.HINT: _("Hint"),
}


@dataclass(frozen=True)
class ShownRemark:
    """A remark with the words around those it quotes."""

    remark: Remark
    kind: str
    asks: str | Promise
    before: str
    after: str


def remarks_on_note(text: str, *, language: str = "en") -> list[Remark]:
    """Return what could be said more clearly, or better not at all; nothing in a language without lists."""
    if not knows_language(language):
        return []
    return check_text(text, lists=(HEALTH, *word_lists(language)), leave_out=_LEFT_OUT, most=MOST_SHOWN)


def shown_remarks(text: str, *, language: str = "en") -> list[ShownRemark]:
    """Return the remarks with the words around what each quotes."""
    return [
        ShownRemark(
            remark,
            KINDS[remark.severity],
            ASKS[remark.severity],
            text[max(remark.start - _AROUND, 0) : remark.start],
            text[remark.end : remark.end + _AROUND],
        )
        for remark in remarks_on_note(text, language=language)
    ]
