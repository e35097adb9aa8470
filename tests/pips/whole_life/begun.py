"""How a life begins: the transaction it is lived in, the world, and how far the plan is when the machine takes over."""

import datetime
import itertools
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from pips.enums import PlanStatus
from pips.models import Plan, PlanTransition
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.whole_life import snapshot
from tests.pips.whole_life.expected import of
from tests.pips.whole_life.snapshot import Row
from tests.pips.whole_life.world import MONDAY, World

EVERYBODY = ("alice", "bob", "carol", "nora", "hana", "hugo", "adam", "eve", "ines")
ONE_DAY = datetime.timedelta(days=1)


def mostly(*names: str) -> st.SearchStrategy[str]:
    """Draw one of these people three times out of four, else anybody."""
    return st.integers(0, 3).flatmap(lambda number: st.sampled_from(names if number else EVERYBODY))


offsets = st.integers(-20, 60)
spans = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 40))
which = st.integers(0, 5)


def pick(rows: list[Row], number: int) -> Any:
    """Return the key of one of the rows."""
    return rows[number % len(rows)]["id"]


class Begun(RuleBasedStateMachine):
    """A life in which nothing has happened yet."""

    def __init__(self, stage: Stage, people: dict[str, Person], alder: Person) -> None:
        super().__init__()
        self.stranger = alder
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.world = World(stage, people)
        self.histories = snapshot.history_lengths()
        self.sealed: set[Any] = set()
        self.is_sealed_from = 1

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(begun=st.sampled_from(["nothing", "submitted", "approved", "running", "running", "ended", "issued"]))
    def begin(self, begun: str) -> None:
        stage = self.world.stage
        if begun == "submitted":
            stage.in_review()
        if begun == "approved":
            stage.approved()
        if begun == "issued":
            stage.issued()
        if begun in {"running", "ended"}:
            (stage.running if begun == "running" else stage.ended)()
            self.is_sealed_from = 2  # begun without its document, which takes the longest to make
            self.write_moves()
        if begun == "running":
            self.world.moment(MONDAY + ONE_DAY, 12)
        if begun == "ended":
            self.world.moment(datetime.date(2027, 4, 5), 12)
        self.world.look()
        self.histories = snapshot.history_lengths()

    def write_moves(self) -> None:
        """Write the moves of a plan that the stage put into its state at once."""
        plan = Plan.objects.get()
        order = [PlanStatus.DRAFT, PlanStatus.IN_REVIEW, PlanStatus.APPROVED, PlanStatus.ISSUED, PlanStatus.ACTIVE]
        for source, target in itertools.pairwise(order):
            PlanTransition.objects.create(plan=plan, source=source, target=target, actor=None)

    @property
    def status(self) -> str:
        return self.world.status

    def has_letter(self) -> bool:
        plan = self.world.plan
        documents = self.world.now["documents.Document"]
        return plan is not None and bool(of(documents, about_type="plan_outcome", about_id=plan["id"]))
