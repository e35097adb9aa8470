"""What of a breakdown a reader may see (rule 25)."""

from collections.abc import Sequence
from dataclasses import dataclass

from goals.selectors.coverage import Coverage
from goals.structure_rules import sees_every_group
from metrics.suppression import hidden_groups
from people.models import Membership


@dataclass(frozen=True)
class Breakdown:
    """The rows shown, and how many departments are left out."""

    rows: Sequence[Coverage]
    left_out: int = 0


def for_reader(member: Membership, parts: Sequence[Coverage]) -> Breakdown:
    """Return the departments the reader may see: all for HR; for executives none from which one could be worked out."""
    if sees_every_group(member):
        return Breakdown(parts)
    hidden = hidden_groups({part.department_id: max(part.people, part.goals > 0) for part in parts})
    rows = [part for part in parts if part.department_id not in hidden]
    return Breakdown(rows, left_out=len(parts) - len(rows))
