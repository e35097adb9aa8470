"""360 feedback as a member may see it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When
from django.http import Http404

from people.models import Membership
from people.selectors.accounts import employee_of
from reviews.enums import RATING_ROLES, FormRole, FormStatus, RaterStatus
from reviews.models import Rater, RaterReport, Review, ReviewForm
from reviews.selectors.reviews import review_for

_ORDER = (RaterStatus.PROPOSED, RaterStatus.AGREED, RaterStatus.DECLINED, RaterStatus.WITHDRAWN)


def rating_form_for(member: Membership, form_id: int) -> ReviewForm:
    """Return one form of 360 feedback the member is asked for, or raise Http404; nobody else opens it."""
    own = employee_of(member)
    forms = ReviewForm.objects.select_related("review__cycle", "review__employee", "review__organization", "author")
    form = forms.filter(pk=form_id, author=own, role__in=RATING_ROLES).first()
    if own is None or not member.is_active or form is None:
        raise Http404
    return form


def raters_of(review: Review) -> QuerySet[Rater]:
    """Return whoever is on the list, what waits first. Whether they have answered is not said."""
    places = Case(
        *(When(status=status, then=place) for place, status in enumerate(_ORDER)), output_field=IntegerField()
    )
    raters = Rater.objects.filter(review=review).select_related("employee__job_description")
    return raters.order_by(places, "employee__family_name", "employee__given_name", "pk")


def rater_for(member: Membership, rater_id: int) -> Rater:
    """Return one rater of a review the member may open, or raise Http404."""
    rater = Rater.objects.select_related("employee").filter(pk=rater_id).first()
    if rater is None:
        raise Http404
    rater.review = review_for(member, rater.review_id)
    return rater


def report_of(review: Review) -> RaterReport | None:
    """Return the report of the review, if it is made."""
    report = RaterReport.objects.select_related("withheld_by__user").filter(review=review).first()
    if report is not None:
        report.review = review
    return report


def answers_so_far(review: Review) -> int:
    """Return how many have answered, without saying who."""
    forms = ReviewForm.objects.filter(review=review, status=FormStatus.SUBMITTED)
    return forms.filter(role__in=[FormRole.PEER, FormRole.UPWARD]).count()


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One behaviour of a report: what the person says of themself beside what others say, and where both lie."""

    text: str
    own: int | None
    all: dict[str, Any] | None
    peer: dict[str, Any] | None
    upward: dict[str, Any] | None

    @property
    def difference(self) -> float | None:
        """Return how much higher the own view lies than that of the others."""
        return None if self.own is None or self.all is None else round(self.own - self.all["mean"], 1)

    @property
    def own_at(self) -> str:
        """Return where the own view lies on the scale."""
        return _place(self.own)

    @property
    def all_at(self) -> str:
        """Return where the view of the others lies on the scale."""
        return _place(self.all["mean"] if self.all else None)


def gaps_of(report: RaterReport) -> list[Gap]:
    """Return the behaviours of a report, the widest gap first, those without a figure last."""
    names = ("text", "own", "all", "peer", "upward")
    gaps = [Gap(**{name: row[name] for name in names}) for row in report.content["rows"]]
    return sorted(gaps, key=lambda gap: (gap.all is None, -abs(gap.difference or 0)))


def _place(level: float | None) -> str:
    """Return the place on a line from 1 to 5 that leaves 6 % at both ends."""
    return "" if level is None else f"{6 + (level - 1) * 22:.1f}%"
