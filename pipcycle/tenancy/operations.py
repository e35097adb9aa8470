"""Operations of migrations that Django has one by one."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField, FieldOperation
from django.db.migrations.operations.models import AddConstraint, AddIndex, CreateModel, IndexOperation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """Models, or fields, constraints, indexes and triggers of models that stand, added in order, thought through once.

    After each operation Django builds every model anew that has to do with the changed one. Every model has to do with
    the organization, so the first migrations built all of them some seven hundred times over.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what a migration needs to write this operation."""
        return self.__class__.__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the state by all operations, and build the models once."""
        is_built = state.__dict__.pop("apps", None) is not None
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if is_built:
            _ = state.apps

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run all operations in order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take all operations back, the last one first.

        What was added is taken off the models that have it, and not off those from before all of it.
        """
        for operation in reversed(self.operations):
            is_added = isinstance(operation, AddField | AddIndex | AddConstraint | AddTrigger)
            before = from_state if is_added else to_state
            operation.database_backwards(app_label, schema_editor, from_state, before)

    def describe(self) -> str:
        """Return one line for the person who migrates."""
        return f"Do {len(self.operations)} operations together"


#: Up to so many operations in a row stay as Django writes them.
FEW_OPERATIONS = 2

_GATHERED = (CreateModel, FieldOperation | IndexOperation)


def gather(operations: Sequence[Operation]) -> list[Operation]:
    """Return the same operations in the same order, each longer run of new models, or of changes to models, as one."""
    gathered: list[Operation] = []
    for kind, run in groupby(operations, _kind):
        found = list(run)
        gathered += [Together(found)] if kind is not None and len(found) > FEW_OPERATIONS else found
    return gathered


def _kind(operation: Operation) -> int | None:
    return next((number for number, kinds in enumerate(_GATHERED) if isinstance(operation, kinds)), None)
