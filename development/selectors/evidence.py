"""What shows the result of an action: words, a link, files, and the completion of its course."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from development.enums import ActionStatus, DevelopmentStatus
from development.learning_enums import EnrolmentStatus
from development.models import ActionEvidence, DevelopmentAction, Enrolment


@dataclass(frozen=True, kw_only=True)
class ShownEvidence:
    """What shows the result of an action; ``completion`` is the key of the enrolment its course was completed in."""

    text: str
    link: str
    files: Sequence[ActionEvidence]
    completion: int | None
    completed_on: datetime.date | None

    def __bool__(self) -> bool:
        return bool(self.text or self.link or self.files or self.completion)


def with_evidence(actions: QuerySet[DevelopmentAction]) -> QuerySet[DevelopmentAction]:
    """Add what ``evidence_of`` reads: two statements for any number of actions.

    A course counts that the employee of the plan completed on a day the action had begun.
    """
    latest = _completions().order_by("-completed_on", "-pk")
    annotated: Any = actions.annotate(
        completion_id=Subquery(latest.values("pk")[:1]), completed_on=Subquery(latest.values("completed_on")[:1])
    )
    rows: QuerySet[DevelopmentAction] = annotated.select_related("course").prefetch_related(
        Prefetch("files", ActionEvidence.objects.defer("content"))
    )
    return rows


def evidence_of(action: Any) -> ShownEvidence:
    """Return what shows the result of an action read through ``with_evidence``."""
    return ShownEvidence(
        text=action.evidence_text,
        link=action.evidence_link,
        files=list(action.files.all()),
        completion=action.completion_id,
        completed_on=action.completed_on,
    )


def is_shown(action: DevelopmentAction) -> bool:
    """Return whether anything shows the result of the action as it stands in the database."""
    return bool(evidence_of(with_evidence(DevelopmentAction.objects.all()).get(pk=action.pk)))


def actions_with_course_completed(employee_ids: Collection[int]) -> QuerySet[DevelopmentAction]:
    """Return the actions in the plans of these people whose course their employee has completed."""
    return DevelopmentAction.objects.filter(Exists(_completions()), plan__employee__in=employee_ids)


def _completions() -> QuerySet[Enrolment]:
    """Return, inside a query of actions, the completions of each one's course since it began."""
    return Enrolment.objects.filter(
        employee=OuterRef("plan__employee"),
        course=OuterRef("course"),
        status=EnrolmentStatus.COMPLETED,
        completed_on__gte=OuterRef("starts_on"),
    )


def open_actions_for(enrolment: Enrolment) -> QuerySet[DevelopmentAction]:
    """Return the open actions of the employee's running plan that the completed course is the evidence of."""
    return DevelopmentAction.objects.filter(
        plan__employee=enrolment.employee_id,
        plan__status=DevelopmentStatus.RUNNING,
        course=enrolment.course_id,
        status=ActionStatus.OPEN,
        starts_on__lte=enrolment.completed_on,
    ).select_related("plan")
