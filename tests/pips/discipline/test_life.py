"""The whole life of a disciplinary action in any order anybody tries: what holds always, whatever is refused."""

import contextlib
import datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from documents.enums import AcknowledgementKind
from pipcycle.errors import DomainError
from pips.discipline_enums import ACTION_BEFORE_ISSUE, ACTION_MOVES, ACTION_OVER, ACTION_STANDS, ActionStatus
from pips.models import DisciplinaryAction
from pips.models.discipline import CONTENT_FIELDS
from pips.selectors.discipline import actions_visible_to
from pips.selectors.standing import standing_actions
from pips.services.discipline.appeal import appeal_action, appoint_hearer, decide_appeal
from pips.services.discipline.delivery import acknowledge_action, issue_action
from pips.services.discipline.drafting import revise_action
from pips.services.discipline.review import approve_action, send_back_action, submit_action, withdraw_action
from pips.tasks import refresh_actions_of
from reminders.models import Obligation
from tests.cast import Person
from tests.pips.discipline.conftest import CONFIRMED_ACTION, CONTENT, DisciplineStage

PEOPLE = st.sampled_from(["alice", "bob", "hana", "nora"])


class Life(RuleBasedStateMachine):
    """Anybody tries anything, at any time, with a fresh action about Alice."""

    stage: ClassVar[DisciplineStage]
    cast: ClassVar[dict[str, Person]]

    @initialize()
    def begin(self) -> None:
        self.stage.clock.to(datetime.date(2027, 1, 4))
        DisciplinaryAction.objects.filter(employee=self.stage.alice.employee).exclude(status__in=ACTION_OVER).update(
            status=ActionStatus.WITHDRAWN, ended_at=timezone.now(), reduced_level=""
        )
        Obligation.objects.filter(about_type="disciplinary_action").delete()
        self.action = self.stage.draft()
        self.handed_over: dict[str, Any] = {}

    def attempt(self, service: Any, who: str, **given: Any) -> None:
        """Call the service; it acts or refuses with words or the wrong person, and nothing else."""
        action = DisciplinaryAction.objects.get(pk=self.action.pk)
        with contextlib.suppress(DomainError, PermissionDenied):
            service(actor=self.cast[who].member, action=action, **given)
        self.action = DisciplinaryAction.objects.get(pk=self.action.pk)
        if self.action.issued_at is not None and not self.handed_over:
            self.handed_over = {field: getattr(self.action, field) for field in CONTENT_FIELDS}

    @rule(who=PEOPLE)
    def submit(self, who: str) -> None:
        self.attempt(submit_action, who)

    @rule(who=PEOPLE)
    def write(self, who: str) -> None:
        self.attempt(revise_action, who, content=CONTENT)

    @rule(who=PEOPLE)
    def send_back(self, who: str) -> None:
        self.attempt(send_back_action, who, reason="Say more.")

    @rule(who=PEOPLE)
    def approve(self, who: str) -> None:
        self.attempt(approve_action, who, confirmations=CONFIRMED_ACTION)

    @rule(who=PEOPLE)
    def issue(self, who: str) -> None:
        self.attempt(issue_action, who)

    @rule(who=PEOPLE, kind=st.sampled_from(AcknowledgementKind), witness=PEOPLE)
    def receive(self, who: str, kind: AcknowledgementKind, witness: str) -> None:
        self.attempt(acknowledge_action, who, kind=kind, comment="Read.", witness=self.cast[witness].employee)

    @rule(who=PEOPLE)
    def appeal(self, who: str) -> None:
        self.attempt(appeal_action, who, grounds="It was not so.")

    @rule(who=PEOPLE, hearer=PEOPLE)
    def appoint(self, who: str, hearer: str) -> None:
        self.attempt(appoint_hearer, who, hearer=self.cast[hearer].employee)

    @rule(who=PEOPLE, decision=st.sampled_from(["upheld", "reduced", "withdrawn"]))
    def decide(self, who: str, decision: str) -> None:
        self.attempt(decide_appeal, who, decision=decision, reasons="Both were heard.", reduced_level="verbal")

    @rule(who=PEOPLE)
    def withdraw(self, who: str) -> None:
        self.attempt(withdraw_action, who, reason="It was not so.")

    @rule(days=st.sampled_from([1, 20, 400]))
    def wait(self, days: int) -> None:
        self.stage.clock.to(timezone.localdate() + datetime.timedelta(days=days))
        refresh_actions_of(self.action.organization_id)
        self.action = DisciplinaryAction.objects.get(pk=self.action.pk)

    @invariant()
    def moves_are_one_chain_along_the_table(self) -> None:
        status = ""
        for source, target in self.action.moves.values_list("source", "target"):
            assert source == status
            assert not source or ActionStatus(target) in ACTION_MOVES[ActionStatus(source)]
            status = target
        assert status == self.action.status

    @invariant()
    def what_was_handed_over_is_as_it_was(self) -> None:
        assert all(getattr(self.action, field) == value for field, value in self.handed_over.items())

    @invariant()
    def the_employee_sees_it_once_it_is_handed_over(self) -> None:
        sees = actions_visible_to(self.stage.alice.member).filter(pk=self.action.pk).exists()
        assert sees is (self.action.issued_at is not None)
        assert sees or self.action.status in ACTION_BEFORE_ISSUE | {ActionStatus.WITHDRAWN}

    @invariant()
    def it_counts_only_while_it_stands_and_has_not_expired(self) -> None:
        counts = standing_actions(self.stage.alice.employee).filter(pk=self.action.pk).exists()
        assert not counts or self.action.status in ACTION_STANDS
        assert not counts or self.action.expires_on is None or self.action.expires_on > timezone.localdate()

    @invariant()
    def what_is_over_owes_nothing_and_nobody_owes_twice(self) -> None:
        owed = list(
            Obligation.objects.filter(
                about_type="disciplinary_action", about_id=self.action.pk, status="open"
            ).values_list("kind", flat=True)
        )
        assert not owed or self.action.status not in ACTION_OVER
        assert len(owed) == len(set(owed))

    @invariant()
    def nobody_involved_hears_or_approves(self) -> None:
        assert self.action.approved_by_id in {None, self.stage.hana.member.pk}
        appeal = getattr(self.action, "appeal", None)
        assert appeal is None or appeal.hearer_id in {None, self.cast["nora"].employee.pk}


def test_the_life_of_an_action_holds_together_whatever_is_tried(discipline: DisciplineStage, nora: Person) -> None:
    class Here(Life):
        """The life of an action in Harbor."""

        stage = discipline
        cast: ClassVar[dict[str, Person]] = {
            "alice": discipline.alice,
            "bob": discipline.bob,
            "hana": discipline.hana,
            "nora": nora,
        }

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
