"""What a gate is, and what it finds: small declared objects, each with its rule, its reason and its remedy."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pips.enums import FindingKind
from pips.looking import one_look

type Text = str | Promise

SOURCE_SHRM = _("SHRM, how to establish a performance improvement plan")
SOURCE_PRACTICE = _("employers' plan templates, common practice")
SOURCE_BERKELEY = _("UC Berkeley, performance improvement plans")
SOURCE_OPM = _("U.S. Office of Personnel Management, guidance on performance plans")
SOURCE_LEAVE = _("commentary on the Family and Medical Leave Act")
SOURCE_ACCOMMODATION = _("EEOC, performance and conduct standards for employees with disabilities")
SOURCE_REBUTTAL = _("access to personnel records, Massachusetts and California")
SOURCE_RETALIATION = _("EEOC, enforcement guidance on retaliation")
SOURCE_MULDROW = _("commentary on Muldrow v. City of St. Louis (2024)")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing a gate's check met: what to say, and about what.

    ``subject`` tells two troubles of one gate apart and stays the same while the trouble does; ``meet`` numbers those
    that share one. ``outcome`` names the only outcome it stands in the way of; empty for every outcome and for the
    other steps.
    """

    message: Text
    subject: str = ""
    outcome: str = ""


type Check[Subject] = Callable[[Subject], Iterator[Trouble]]


@dataclass(frozen=True, kw_only=True)
class Gate[Subject]:
    """What a rule asks before a step: BLOCK stops it, WARN asks for a written reason, ROUTE sends it to HR's lawyers.

    The subject is a plan or a disciplinary action. ``how`` says what settles it, ``reason`` why the rule exists,
    ``source`` where it is from (RULES.md).
    """

    code: str
    rule: int
    kind: FindingKind
    steps: frozenset[str]
    check: Check[Subject]
    how: Text
    reason: Text
    source: Text


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A trouble with the gate that met it, and the reason written for it, if one was."""

    gate: Gate[Any]
    trouble: Trouble
    answer: str = ""

    @property
    def code(self) -> str:
        """Return what an answer is kept under: the gate, and what exactly it met."""
        return f"{self.gate.code}:{self.trouble.subject}" if self.trouble.subject else self.gate.code

    @property
    def rule(self) -> int:
        """Return the number of the rule."""
        return self.gate.rule

    @property
    def kind(self) -> FindingKind:
        """Return what it does to the step."""
        return self.gate.kind

    @property
    def message(self) -> Text:
        """Return what was found."""
        return self.trouble.message

    @property
    def how(self) -> Text:
        """Return what settles it."""
        return self.gate.how

    @property
    def reason(self) -> Text:
        """Return why the rule exists."""
        return self.gate.reason

    @property
    def source(self) -> Text:
        """Return where the rule is from."""
        return self.gate.source

    @property
    def outcome(self) -> str:
        """Return the only outcome it stands in the way of, or an empty text."""
        return self.trouble.outcome

    @property
    def is_blocking(self) -> bool:
        """Return whether the step cannot be taken until this is settled; HR's review is waited for."""
        return self.kind in {FindingKind.BLOCK, FindingKind.ROUTE}

    @property
    def asks_for_reason(self) -> bool:
        """Return whether the step waits for a written reason that is not there yet."""
        return self.kind == FindingKind.WARN and not self.answer

    def answered(self, answer: str) -> "Finding":
        """Return the same finding with the reason written for it."""
        return replace(self, answer=answer)


def meet[Subject: Model](gates: Iterable[Gate[Subject]], subject: Subject, step: str) -> list[Finding]:
    """Return what the gates of the step find, in their order; what several of them ask for is worked out once."""
    with one_look(subject):
        return [
            Finding(gate=gate, trouble=trouble)
            for gate in gates
            if step in gate.steps
            for trouble in _told_apart(gate.check(subject))
        ]


def _told_apart(troubles: Iterable[Trouble]) -> Iterator[Trouble]:
    """Yield the troubles of one gate, numbered where several have one subject: each has a reason of its own."""
    met: Counter[str] = Counter()
    for trouble in troubles:
        met[trouble.subject] += 1
        number = met[trouble.subject]
        yield replace(trouble, subject=f"{trouble.subject}-{number}") if number > 1 else trouble


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Return what blocks first, then what waits for a reason, then what has one."""
    return sorted(found, key=lambda finding: (not finding.is_blocking, bool(finding.answer)))
