"""The remarks of the linter on what was written that still stand, and those somebody set aside with a reason."""

from dataclasses import dataclass

from pipcycle.writing import Remark, SetAside, part_set_aside
from pips.linter import label_of, remarks_on_plan, texts_of
from pips.linter_discipline import passages_of_action, remarks_on_action
from pips.looking import once_a_look
from pips.models import DisciplinaryAction, Plan

type Written = Plan | DisciplinaryAction


@dataclass(frozen=True)
class Wording:
    """The remarks on a plan or a disciplinary action, in two parts."""

    remarks: list[Remark]
    aside: list[SetAside]


@once_a_look
def standing_remarks(written: Written) -> Wording:
    """Return the remarks on the words as they stand, without those set aside while the words are the same."""
    texts = texts_in(written)
    aside = [SetAside.from_json(values) for values in written.set_aside]
    remarks = remarks_on_action(written) if isinstance(written, DisciplinaryAction) else remarks_on_plan(written)
    return Wording(*part_set_aside(remarks, aside, text_of=lambda field: texts.get(field, "")))


def texts_in(written: Written) -> dict[str, str]:
    """Return what a remark may point at, by its field."""
    if isinstance(written, DisciplinaryAction):
        return {passage.field: passage.text for passage in passages_of_action(written)}
    return texts_of(written)


def label_in(written: Written, field: str) -> str:
    """Return what the page calls a field."""
    if isinstance(written, DisciplinaryAction):
        labels = {passage.field: passage.label for passage in passages_of_action(written)}
        return str(labels.get(field, field))
    return label_of(written, field)
