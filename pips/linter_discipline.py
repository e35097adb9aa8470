"""The linter of disciplinary actions: the lists of the plans' linter over what the author of an action writes.

The employee's statement and what witnesses said are their words, and the prior actions are listed by the portal: none
of them is read. Misconduct is what an action is about, so words on it are no remark.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from pipcycle.writing import Remark, sorted_remarks
from pips.linter import Passage, remarks_on
from pips.models import DisciplinaryAction
from pips.selectors.forms import ACTION_SECTIONS, form_of_action

_READ = {
    "facts": _("What happened"),
    "investigation": _("How it was looked into"),
    "proportionality": _("Why this level fits"),
    "level_reason": _("Why levels are skipped"),
    "corrective_action": _("What is to change"),
    "consequence": _("What follows if it happens again"),
    "rights": _("Rights"),
}
_LEFT_OUT = frozenset({"case.misconduct"})


def passages_of_action(action: DisciplinaryAction) -> Iterator[Passage]:
    """Yield every text the author writes, in the order of the page."""
    for field, label in _READ.items():
        yield Passage(field=field, label=label, text=getattr(action, field))


def remarks_on_action(action: DisciplinaryAction) -> list[Remark]:
    """Return every remark on the author's words, those that ask most first; the wording of HR's form gets none."""
    own = _words_of_the_form(action)
    passages = [passage for passage in passages_of_action(action) if passage.text not in own]
    return sorted_remarks(
        remark for passage in passages for remark in remarks_on(passage) if remark.code not in _LEFT_OUT
    )


def _words_of_the_form(action: DisciplinaryAction) -> set[str]:
    form = form_of_action(action)
    return {str(form.section(key).default) for (key,) in ACTION_SECTIONS.values()} if form is not None else set()
