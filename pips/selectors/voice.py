"""The employee's side of a plan, for its page: each reader gets what is theirs to know (rule 10)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import Http404

from documents.models import Document
from documents.selectors import documents_about
from people.models import Membership
from people.services.audit import record_access
from pips.enums import AccommodationStatus, AppealStatus, CheckStatus, VoiceKind
from pips.models import AccommodationRequest, Appeal, DataCheck, Plan, PlanCompanion, VoiceEntry
from pips.obligations import About
from pips.rules_voice import can_follow_accommodation, can_read_accommodation_detail


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What stands in the section of the employee's voice."""

    entries: Sequence[VoiceEntry] = field(default_factory=list)
    checks: Sequence[DataCheck] = field(default_factory=list)
    accommodations: Sequence[AccommodationRequest] = field(default_factory=list)
    companions: Sequence[PlanCompanion] = field(default_factory=list)
    appeal: Appeal | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was said or asked for yet."""
        return not (self.entries or self.checks or self.accommodations or self.companions or self.appeal)


def voice_of(member: Membership, plan: Plan) -> Voice:
    """Return what the member may know of the employee's side; five statements, and one on the member.

    Whoever may not follow a request for an accommodation sees only what was granted.
    """
    requests = plan.accommodation_requests.select_related("decided_by__user")
    if not can_follow_accommodation(member, plan):
        requests = requests.filter(status=AccommodationStatus.GRANTED).defer("reason")
    return Voice(
        entries=list(plan.voice_entries.select_related("author__user", "document").defer("document__content")),
        checks=list(plan.data_checks.select_related("expectation", "reading__milestone", "answered_by__user")),
        accommodations=list(requests),
        companions=list(companions_of(plan)),
        appeal=Appeal.objects.filter(plan=plan).select_related("reviewer__user").first(),
    )


def companions_of(plan: Plan) -> QuerySet[PlanCompanion]:
    """Return who stands beside the employee now."""
    companions: QuerySet[PlanCompanion] = PlanCompanion.objects.filter(plan=plan, revoked_at__isnull=True)
    return companions.select_related("member__user")


def rebuttals_of(plan: Plan) -> QuerySet[VoiceEntry]:
    """Return the rebuttals of the plan, each with the document it is attached to for good (rule 16)."""
    entries: QuerySet[VoiceEntry] = VoiceEntry.objects.filter(plan=plan, kind=VoiceKind.REBUTTAL)
    return entries.select_related("author__user")


def documents_to_answer(plan: Plan) -> list[Document]:
    """Return the sealed documents a rebuttal can answer: the letter on the outcome, the versions of the plan."""
    return [*documents_about(About.OUTCOME, plan.pk), *documents_about(About.PLAN, plan.pk)]


def expectations_under_check(plan: Plan) -> set[int]:
    """Return the expectations with an open check: nothing is held against the employee on them meanwhile."""
    return set(plan.data_checks.filter(status=CheckStatus.OPEN).values_list("expectation", flat=True))


def has_open_appeal(plan: Plan) -> bool:
    """Return whether an appeal waits for its decision."""
    return Appeal.objects.filter(plan=plan, status__in=[AppealStatus.FILED, AppealStatus.ASSIGNED]).exists()


def accommodation_for(member: Membership, plan: Plan, request_id: int) -> tuple[AccommodationRequest, str]:
    """Return the request with the employee's own words, and record that HR read them.

    Raises Http404 for anybody but HR partners who do not stand above the employee, and the employee.
    """
    found = plan.accommodation_requests.select_related("detail", "decided_by__user").filter(pk=request_id).first()
    if found is None or not can_follow_accommodation(member, plan):
        raise Http404
    found.plan = plan
    if can_read_accommodation_detail(member, plan):
        record_access(member=member, about_type=About.ACCOMMODATION, about_id=found.pk)
    return found, found.detail.words


def member_by_email(email: str) -> Membership | None:
    """Return the active member of the open tenant who signs in with the address, None where there is none."""
    members = Membership.objects.select_related("user", "employee")
    return members.filter(is_active=True, user__is_active=True, user__email=email.strip().lower()).first()


def plan_of_voice(about_type: str, about_id: int) -> int | None:
    """Return the plan a check, a request or an appeal belongs to, None for any other; it tells no more."""
    models = {About.DATA_CHECK: DataCheck, About.ACCOMMODATION: AccommodationRequest, About.APPEAL: Appeal}
    model = models.get(About(about_type)) if about_type in About else None
    if model is None:
        return None
    key: int | None = model.objects.filter(pk=about_id).values_list("plan_id", flat=True).first()
    return key
