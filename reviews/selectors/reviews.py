"""Reviews and their forms as a member may see them."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from documents.questions import QuestionsContent, questions_content_from
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by
from reviews.enums import RATING_ROLES, FormRole, FormStatus, ReviewStatus
from reviews.models import KeptAnswers, Review, ReviewCycle, ReviewForm

_PEOPLE = ("organization", "cycle", "employee__location", "employee__organization", "employee__job_description")


def content_of_cycle(cycle: ReviewCycle) -> QuestionsContent:
    """Return the questions frozen into a launched cycle."""
    return questions_content_from(cycle.questions or {})


def reviews_visible_to(member: Membership) -> QuerySet[Review]:
    """Return the reviews the member may open: their own, those of the people they follow, and those they write."""
    own = employee_of(member)
    if not member.is_active:
        return Review.objects.none()
    visible = Q(Exists(employees_followed_by(member).filter(pk=OuterRef("employee"))))
    if own is not None:
        visible |= Q(manager=own)
    return Review.objects.filter(visible).exclude(status=ReviewStatus.LEFT_OUT)


def review_for(member: Membership, review_id: int) -> Review:
    """Return one review the member may open, with its forms, or raise Http404."""
    forms = ReviewForm.objects.select_related("author").exclude(status=FormStatus.WITHDRAWN)
    reviews = reviews_visible_to(member).select_related(*_PEOPLE, "manager", "document__acknowledgement")
    review = reviews.defer("document__content").prefetch_related(Prefetch("forms", forms)).filter(pk=review_id).first()
    if review is None:
        raise Http404
    for form in review.forms.all():
        form.review, form.organization = review, review.organization
    return review


def form_for(member: Membership, form_id: int) -> ReviewForm:
    """Return one form the member writes or has written, or raise Http404; others read it on the review's page.

    Feedback for somebody else's review has a page of its own.
    """
    own = employee_of(member)
    if own is None or not member.is_active:
        raise Http404
    forms = ReviewForm.objects.select_related(*(f"review__{name}" for name in _PEOPLE), "author")
    form = forms.exclude(role__in=RATING_ROLES).filter(pk=form_id, author=own).first()
    if form is None:
        raise Http404
    return form


def kept_for(form: ReviewForm, kept_id: int) -> KeptAnswers:
    """Return answers a tab of the form's author kept, or raise Http404."""
    kept = KeptAnswers.objects.filter(form=form, pk=kept_id).first()
    if kept is None:
        raise Http404
    return kept


def form_of(review: Review, role: FormRole) -> ReviewForm | None:
    """Return the form of that role that is written or handed in, of a review ``review_for`` returned."""
    return next((form for form in review.forms.all() if form.role == role), None)


def own_reviews(member: Membership) -> QuerySet[Review]:
    """Return the reviews about the member, the latest first."""
    reviews = Review.objects.filter(employee=employee_of(member)).exclude(status=ReviewStatus.LEFT_OUT)
    return reviews.select_related("cycle", "manager").order_by("-cycle__period_ends_on", "-pk")


def forms_to_write(member: Membership) -> QuerySet[ReviewForm]:
    """Return the forms that wait for the member, the most pressing first."""
    forms = ReviewForm.objects.filter(author=employee_of(member), status=FormStatus.OPEN)
    return forms.select_related("organization", "review__cycle", "review__employee").order_by("due_on", "pk")


def with_states(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Join what a row of a list shows, and say whether each form is handed in."""
    forms = ReviewForm.objects.filter(review=OuterRef("pk"))
    annotated: Any = reviews.select_related("cycle", "employee__department", "manager").annotate(
        self_done=Exists(forms.filter(role=FormRole.SELF, status=FormStatus.SUBMITTED)),
        self_asked=Exists(forms.filter(role=FormRole.SELF).exclude(status=FormStatus.WITHDRAWN)),
        manager_done=Exists(forms.filter(role=FormRole.MANAGER, status=FormStatus.SUBMITTED)),
    )
    rows: QuerySet[Review] = annotated
    return rows


def reviews_of_others(member: Membership) -> QuerySet[Review]:
    """Return the reviews of other people the member may open."""
    own = employee_of(member)
    reviews = reviews_visible_to(member)
    return reviews if own is None else reviews.exclude(employee=own)


def earlier_review(review: Review) -> Review | None:
    """Return the last review of the employee that was shared before this one."""
    shared = Review.objects.filter(employee=review.employee_id, shared_at__isnull=False).exclude(pk=review.pk)
    return shared.select_related("cycle").order_by("-shared_at").first()


def reviews_about(member: Membership, employee: Employee) -> QuerySet[Review]:
    """Return the reviews of one employee the member may open, the latest first."""
    reviews = reviews_visible_to(member).filter(employee=employee).select_related("cycle", "manager")
    return reviews.order_by("-cycle__period_ends_on", "-pk")


def readable_reviews(member: Membership, employee: Employee) -> QuerySet[Any, Any]:
    """Return the keys of the employee's reviews whose documents the member may read."""
    return reviews_visible_to(member).filter(employee=employee).order_by().values_list("pk", flat=True)
