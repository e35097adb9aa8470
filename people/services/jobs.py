"""Writing job descriptions and competencies."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.enums import CompetencyLevel
from people.models import Competency, JobCompetency, JobDescription, Membership, Responsibility
from people.rules import can_change_jobs
from people.selectors.jobs import uses_of
from pipcycle.errors import DomainError


class ResponsibilityInput(NamedTuple):
    """A responsibility as typed; with an id it is the known one, perhaps in other words."""

    title: str
    description: str = ""
    id: int | None = None


class JobChange(NamedTuple):
    """A job that was changed, and how many goals lost the responsibility they were anchored to."""

    job: JobDescription
    unanchored: int


def create_job(
    *,
    actor: Membership,
    name: str,
    purpose: str = "",
    responsibilities: Sequence[ResponsibilityInput] = (),
    levels: Mapping[int, CompetencyLevel] | None = None,
) -> JobDescription:
    """Describe a new job; ``levels`` maps competencies (ids) to what is expected.

    Raises PermissionDenied, or DomainError when the name is taken or a responsibility is named twice.
    """
    _require_right(actor)
    job = JobDescription(name=_required(name), purpose=purpose.strip())
    with transaction.atomic():
        _save_named(job)
        _sync_responsibilities(job, responsibilities)
        _sync_levels(job, levels or {})
    return job


def change_job(
    *,
    actor: Membership,
    job: JobDescription,
    name: str,
    purpose: str,
    responsibilities: Sequence[ResponsibilityInput],
    levels: Mapping[int, CompetencyLevel],
) -> JobChange:
    """Make the job as given. A responsibility that is not given any more is removed.

    Goals anchored to a removed one stay, agreed as they are, and lose that anchor; how many is in the answer. Renaming
    keeps the anchor. Raises PermissionDenied or DomainError.
    """
    _require_right(actor)
    with transaction.atomic():
        JobDescription.objects.select_for_update().get(pk=job.pk)
        job.name, job.purpose = _required(name), purpose.strip()
        _save_named(job, "name", "purpose")
        unanchored = _sync_responsibilities(job, responsibilities)
        _sync_levels(job, levels)
    return JobChange(job, unanchored)


def create_competency(*, actor: Membership, name: str, description: str = "") -> Competency:
    """Describe a new competency. Raises PermissionDenied, or DomainError when the name is taken."""
    _require_right(actor)
    competency = Competency(name=_required(name), description=description.strip())
    _save_named(competency)
    return competency


def change_competency(*, actor: Membership, competency: Competency, name: str, description: str) -> Competency:
    """Change the words of a competency; ratings given stay. Raises PermissionDenied or DomainError."""
    _require_right(actor)
    competency.name, competency.description = _required(name), description.strip()
    _save_named(competency, "name", "description")
    return competency


def remove_competency(*, actor: Membership, competency: Competency) -> None:
    """Remove a competency that no job asks for and nobody was rated in. Raises PermissionDenied or DomainError."""
    _require_right(actor)
    try:
        with transaction.atomic():
            competency.delete()
    except ProtectedError:
        raise DomainError(
            format_lazy(
                _("“{name}” is asked for by a job, or somebody was rated in it. Take it out of the jobs instead."),
                name=competency.name,
            )
        ) from None


def _require_right(actor: Membership) -> None:
    if not can_change_jobs(actor):
        raise PermissionDenied


def _required(name: str) -> str:
    if not name.strip():
        raise DomainError(_("Give it a name."))
    return name.strip()


def _save_named(named: JobDescription | Competency, *fields: str) -> None:
    try:
        with transaction.atomic():
            named.save(update_fields=fields or None)
    except IntegrityError:
        raise DomainError(
            format_lazy(_("There is one called “{name}” already. Change that one."), name=named.name)
        ) from None


def _sync_responsibilities(job: JobDescription, given: Sequence[ResponsibilityInput]) -> int:
    """Make the responsibilities those given, in order; return how many goals pointed at what is gone."""
    _refuse_doubles(given)
    standing = {row.pk: row for row in Responsibility.objects.filter(job_description=job)}
    kept = {one.id for one in given if one.id in standing}
    gone = [pk for pk in standing if pk not in kept]
    unanchored = uses_of(gone).total()
    for pk in gone:
        standing[pk].delete()
    _free_titles([(standing[one.id], one) for one in given if one.id in kept and one.id is not None])
    for position, one in enumerate(given):
        row = standing.get(one.id or 0) or Responsibility(job_description=job)
        row.position, row.title, row.description = position, one.title.strip(), one.description.strip()
        row.save()
    return unanchored


def _free_titles(pairs: list[tuple[Responsibility, ResponsibilityInput]]) -> None:
    """Let titles change places: the rows that take another title give up theirs first."""
    for row, one in pairs:
        if row.title != one.title.strip():
            Responsibility.objects.filter(pk=row.pk).update(title=f"#{row.pk}")


def _refuse_doubles(given: Sequence[ResponsibilityInput]) -> None:
    titles = [_required(one.title) for one in given]
    double = [title for title, count in Counter(titles).items() if count > 1]
    if double:
        raise DomainError(format_lazy(_("“{title}” is named twice. Keep one of the two."), title=double[0]))


def _sync_levels(job: JobDescription, levels: Mapping[int, CompetencyLevel]) -> None:
    known = set(Competency.objects.filter(pk__in=levels).values_list("pk", flat=True))
    if set(levels) - known:
        raise DomainError(_("Choose competencies of this organization."))
    JobCompetency.objects.filter(job_description=job).exclude(competency_id__in=levels).delete()
    for competency_id, level in levels.items():
        JobCompetency.objects.update_or_create(
            job_description=job, competency_id=competency_id, defaults={"expected_level": level}
        )
