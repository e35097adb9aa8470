"""Which reminder is due to whom at an instant: reads the open organization, writes nothing.

The planner writes what this finds and ``reminders_preview`` prints it, so the preview cannot differ from the mail.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from people.enums import Role
from people.models import Employee, Leave, Membership, Organization, ReportingLine
from people.selectors.accounts import employee_of
from reminders.enums import ObligationStatus
from reminders.models import Obligation, Reminder, ReminderPolicy
from reminders.recipients import Recipient, recipient_of_employee, recipient_of_member
from reminders.registry import kind_for, registered_kinds
from reminders.schedule import Absence, reached_offsets

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Policy:
    """When one kind is reminded of, after the tenant's own settings."""

    offsets: tuple[int, ...]
    escalate_after_days: int | None


@dataclass(frozen=True)
class DueStep:
    """One reminder of one obligation, to be sent now."""

    obligation: Obligation
    offset: int
    is_escalation: bool

    @property
    def planned_on(self) -> date:
        """The day the step was planned for, before weekends, holidays and leave."""
        return self.obligation.due_on + timedelta(days=self.offset)


@dataclass
class DueDigest:
    """Everything due to one person."""

    recipient: Recipient
    steps: list[DueStep] = field(default_factory=list)


@dataclass(frozen=True)
class DueReminders:
    """What is due in an organization; ``unreachable`` counts the obligations whose reminder reaches nobody."""

    digests: Sequence[DueDigest]
    unreachable: int


def policies() -> Mapping[str, Policy]:
    """Return the policy of every kind in the open organization."""
    own = {policy.kind: policy for policy in ReminderPolicy.objects.all()}
    found: dict[str, Policy] = {}
    for kind in registered_kinds():
        policy = own.get(kind.key)
        if policy is None:
            found[kind.key] = Policy(kind.offsets, kind.escalate_after_days)
        elif policy.is_enabled:
            found[kind.key] = Policy(tuple(policy.offsets), policy.escalate_after_days)
        else:
            found[kind.key] = Policy((), None)
    return found


def due_reminders(organization: Organization, now: datetime) -> DueReminders:
    """Return what is due to whom in the open organization at the instant."""
    return _Finder(organization, now).find()


class _Finder:
    """One look at one organization; what the look needs is read once, not once an obligation."""

    def __init__(self, organization: Organization, now: datetime) -> None:
        self.organization = organization
        self.now = now
        self.policies = policies()
        self.obligations = self._read_obligations()
        self.planned = self._read_planned()
        self.managers = self._read_managers()
        self.absences = self._read_absences()
        self.partners = self._read_partners()
        self.known_employees: dict[int, Recipient] = {}
        self.known_members: dict[int, Recipient] = {}
        self.digests: dict[str, DueDigest] = {}

    def find(self) -> DueReminders:
        """Return what is due to each person, by address."""
        unreachable = 0
        for obligation in self.obligations:
            has_left = obligation.owner is not None and obligation.owner.has_left
            reaches_somebody = False
            for recipient, offsets, is_escalation in self._audience(obligation):
                if recipient.address:
                    reaches_somebody |= has_left or not is_escalation
                    self._add(obligation, recipient, offsets, is_escalation=is_escalation)
            unreachable += not reaches_somebody
        ordered = sorted(self.digests.values(), key=lambda digest: digest.recipient.address)
        return DueReminders(ordered, unreachable)

    def _add(
        self, obligation: Obligation, recipient: Recipient, offsets: Iterable[int], *, is_escalation: bool
    ) -> None:
        reached = reached_offsets(
            due_on=obligation.due_on,
            offsets=offsets,
            due_set_at=obligation.due_set_at,
            now=self.now,
            timetable=recipient.timetable,
            planned=self.planned.get((obligation.pk, recipient.address), ()),
        )
        if not reached:
            return
        digest = self.digests.setdefault(recipient.key, DueDigest(recipient))
        digest.steps.extend(DueStep(obligation, offset, is_escalation) for offset in reached)

    def _audience(self, obligation: Obligation) -> Iterable[tuple[Recipient, Sequence[int], bool]]:
        """Yield who hears of the obligation, at which offsets, and whether as an escalation."""
        policy = self.policies[kind_for(obligation.kind).key]
        escalation = [] if policy.escalate_after_days is None else [policy.escalate_after_days]
        if obligation.owner is None:
            for partner in self._partners_for(obligation):
                yield partner, sorted({*policy.offsets, *escalation}), False
            return
        owner = self._employee(obligation.owner)
        if owner.address:
            yield owner, policy.offsets, False
        elif obligation.owner.has_left:
            # Nobody else will do what somebody who has left still owes: those above hear of it as it falls due.
            escalation = sorted({*policy.offsets, *escalation})
        if escalation:
            for above in self._above(obligation):
                yield above, escalation, True

    def _above(self, obligation: Obligation) -> Sequence[Recipient]:
        """Return the nearest manager above the owner who may know of the case, else the HR partners."""
        for manager in self.managers.get(obligation.owner_id or 0, []):
            may_know = obligation.employee_id in {None, obligation.owner_id} or manager.pk in {
                above.pk for above in self.managers.get(obligation.employee_id or 0, [])
            }
            recipient = self._employee(manager)
            if may_know and recipient.address:
                return [recipient]
        return self._partners_for(obligation)

    def _partners_for(self, obligation: Obligation) -> Sequence[Recipient]:
        """Return the holders of the owing role (HR partners: in scope), never somebody involved in the case."""
        role = Role(obligation.owner_role or Role.HR_PARTNER)
        involved = {obligation.employee_id, obligation.owner_id}
        concerned = obligation.employee or obligation.owner
        return [
            self._member(partner)
            for partner in self.partners
            if partner.has_role(role)
            and (employee_of(partner) is None or partner.employee.pk not in involved)
            and (role != Role.HR_PARTNER or concerned is None or _serves(partner, concerned))
        ]

    def _employee(self, employee: Employee) -> Recipient:
        if employee.pk not in self.known_employees:
            self.known_employees[employee.pk] = recipient_of_employee(
                employee, self.organization, self.absences.get(employee.pk, [])
            )
        return self.known_employees[employee.pk]

    def _member(self, member: Membership) -> Recipient:
        if member.pk not in self.known_members:
            self.known_members[member.pk] = recipient_of_member(member, self.organization, self.absences)
        return self.known_members[member.pk]

    # --- what one look reads ---------------------------------------------------------------------
    def _read_obligations(self) -> list[Obligation]:
        lead = max((-offset for policy in self.policies.values() for offset in policy.offsets), default=0)
        latest = self.now.date() + ONE_DAY + timedelta(days=max(lead, 0))
        silent = [key for key, policy in self.policies.items() if policy == Policy((), None)]
        found = list(
            Obligation.objects.select_related("owner__location", "owner__membership__user", "employee")
            .filter(status=ObligationStatus.OPEN, due_on__lte=latest)
            .exclude(kind__in=silent)
            .order_by("due_on", "id")
        )
        for obligation in found:
            obligation.organization = self.organization
            if obligation.owner is not None:
                obligation.owner.organization = self.organization
        return found

    def _read_planned(self) -> dict[tuple[int, str], set[int]]:
        dates = {obligation.pk: obligation.due_on for obligation in self.obligations}
        planned: dict[tuple[int, str], set[int]] = {}
        rows = Reminder.objects.filter(obligation__in=dates).values_list(
            "obligation_id", "due_on", "offset_days", "recipient"
        )
        for obligation_id, due_on, offset, recipient in rows:
            if dates[obligation_id] == due_on:
                planned.setdefault((obligation_id, recipient), set()).add(offset)
        return planned

    def _read_managers(self) -> dict[int, list[Employee]]:
        """Read the managers above everyone concerned in what may be escalated, nearest first."""
        late = [
            obligation
            for obligation in self.obligations
            if obligation.owner is not None
            and (obligation.due_on <= self.now.date() + ONE_DAY or obligation.owner.has_left)
        ]
        wanted = {obligation.owner_id for obligation in late} | {obligation.employee_id for obligation in late}
        lines = (
            ReportingLine.objects.select_related("manager__location", "manager__membership__user")
            .filter(employee__in=wanted - {None})
            .order_by("distance")
        )
        above: dict[int, list[Employee]] = {}
        for line in lines if late else []:
            line.manager.organization = self.organization
            above.setdefault(line.employee_id, []).append(line.manager)
        return above

    def _read_absences(self) -> dict[int, list[Absence]]:
        today = self.now.date()
        leaves = Leave.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today - ONE_DAY), starts_on__lte=today + ONE_DAY
        )
        absences: dict[int, list[Absence]] = {}
        for leave in leaves:
            absences.setdefault(leave.employee_id, []).append(Absence(leave.starts_on, leave.ends_on))
        return absences

    def _read_partners(self) -> list[Membership]:
        roles = {obligation.owner_role for obligation in self.obligations if obligation.owner_role}
        roles.add(Role.HR_PARTNER)
        partners = list(
            Membership.objects.select_related("user", "employee__location")
            .prefetch_related("partner_scopes")
            .filter(is_active=True, user__is_active=True, roles__overlap=sorted(roles))
            .order_by("id")
        )
        for partner in partners:
            employee = employee_of(partner)
            if employee is not None:
                employee.organization = self.organization
                employee.membership = partner
        return partners


def _serves(partner: Membership, concerned: Employee) -> bool:
    scopes = {scope.department_id for scope in partner.partner_scopes.all()}
    return not scopes or concerned.department_id in scopes
