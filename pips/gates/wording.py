"""What the linter finds and nobody has answered: words on conduct, health and the law, judgements, targets too far."""

import hashlib
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pipcycle.writing import Remark
from pips.discipline_enums import ActionStep
from pips.enums import FindingKind, Step
from pips.gates.gate import SOURCE_PRACTICE, SOURCE_SHRM, Check, Gate, Text, Trouble
from pips.linter import is_serious
from pips.wording import Written, label_in, standing_remarks


def _met(code: str) -> Check[Written]:
    def check(written: Written) -> Iterator[Trouble]:
        for remark in standing_remarks(written).remarks:
            if remark.code == code and is_serious(remark):
                yield Trouble(message=_said(written, remark), subject=_subject(remark))

    return check


def _said(written: Written, remark: Remark) -> Text:
    return format_lazy("{where}: {message}", where=label_in(written, remark.field), message=remark.message)


def _subject(remark: Remark) -> str:
    """Return what tells the words apart, short enough for the column and the same wherever they stand."""
    return hashlib.sha256(f"{remark.code} {remark.excerpt.casefold()}".encode()).hexdigest()[:12]


#: What a gate is called where it is not about words.
_CODES = {"target.outside_range": "target_outside_range"}


def _warn(remark: str, rule: int, *, how: Text, reason: Text, source: Text, step: str = Step.SUBMIT) -> Gate[Written]:
    return Gate(
        code=_CODES.get(remark) or f"wording_{remark.partition('.')[2]}",
        rule=rule,
        kind=FindingKind.WARN,
        steps=frozenset({step}),
        check=_met(remark),
        how=how,
        reason=reason,
        source=source,
    )


WORDING_GATES: tuple[Gate[Written], ...] = (
    _warn(
        "case.misconduct",
        1,
        how=_("Use a disciplinary action for misconduct; take the words out, or write why they stay."),
        reason=_("A plan asks for better work. Conduct is judged by another procedure, with other rights."),
        source=SOURCE_SHRM,
    ),
    _warn(
        "case.medical",
        10,
        how=_("Describe the work alone, or write why the words stay."),
        reason=_("Medical detail is stored apart, and managers see only dates and accommodations."),
        source=_("confidentiality under the ADA and the FMLA"),
    ),
    _warn(
        "case.protected",
        7,
        how=_("Take the words out, or write why they stay."),
        reason=_("What the law protects is never a negative factor."),
        source=_("29 CFR 825.220(c) and equal-opportunity law"),
    ),
    _warn(
        "words.subjective",
        2,
        how=_("Say what was seen or counted, or write why the words stay."),
        reason=_("Nobody can meet, or dispute, a judgement of what they are like."),
        source=SOURCE_PRACTICE,
    ),
    _warn(
        "target.outside_range",
        2,
        how=_("Choose a target people in this job have reached, or write why more is fair here."),
        reason=_("A standard hardly anybody in the job meets is no standard of the job."),
        source=SOURCE_SHRM,
    ),
)

_REASON_IN_DRAFT = _("Say it otherwise, or set the remark aside beside the draft and write why the words stay.")

#: Misconduct is what an action is about, so its words are no finding; the reason is written where the remark stands.
ACTION_WORDING_GATES: tuple[Gate[Written], ...] = (
    _warn(
        "case.medical",
        10,
        how=_REASON_IN_DRAFT,
        reason=_("Medical detail is stored apart, and managers see only dates and accommodations."),
        source=_("confidentiality under the ADA and the FMLA"),
        step=ActionStep.SUBMIT,
    ),
    _warn(
        "case.protected",
        7,
        how=_REASON_IN_DRAFT,
        reason=_("What the law protects is never a negative factor."),
        source=_("29 CFR 825.220(c) and equal-opportunity law"),
        step=ActionStep.SUBMIT,
    ),
    _warn(
        "words.subjective",
        17,
        how=_REASON_IN_DRAFT,
        reason=_("An action rests on what was seen; nobody can answer a judgement of what they are like."),
        source=_("Acas Code of Practice 1 on discipline and grievance"),
        step=ActionStep.SUBMIT,
    ),
)
