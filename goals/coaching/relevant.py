"""R: what the goal serves, why, and how much it counts among the others."""

from django.utils.translation import gettext as _

from goals.coaching.draft import Around, GoalDraft, Remarks, remark
from pipcycle.writing import Severity

#: A goal with more than this share of all weight leaves the others without any.
MOST_SHARE = 0.6
FEWEST_OTHERS = 2


def review_anchor(draft: GoalDraft, around: Around) -> Remarks:
    """Yield what is missing of the reason."""
    if not draft.has_anchor:
        yield remark(
            "relevant.no_anchor",
            Severity.MUST,
            "objective",
            _("The goal serves no objective and no responsibility of the job."),
            _("Choose the objective it serves, or the responsibility it is part of."),
        )
    if not draft.why.strip():
        yield remark(
            "relevant.no_why",
            Severity.HINT,
            "why",
            _("Nothing says why this matters."),
            _("One sentence: who has what from it?"),
        )


def review_weight(draft: GoalDraft, around: Around) -> Remarks:
    """Yield a hint where one goal outweighs all the others together."""
    if draft.weight is None or len(draft.other_weights) < FEWEST_OTHERS:
        return
    total = draft.weight + sum(draft.other_weights)
    share = draft.weight / total
    if share <= MOST_SHARE:
        return
    yield remark(
        "relevant.outweighs",
        Severity.HINT,
        "weight",
        _(
            "With weight %(weight)s of %(total)s, this goal counts %(share)s%% of everything; "
            "%(count)s others share the rest."
        )
        % {
            "weight": draft.weight,
            "total": total,
            "share": round(share * 100),
            "count": len(draft.other_weights),
        },
        _("Lower its weight, or raise that of the others, until the order is the one you mean."),
    )
