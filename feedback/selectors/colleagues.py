"""Colleagues by name: whoever works here can be written to, so is found; nothing but name and job is shown."""

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_below

MOST_OFFERED = 200


def colleagues_of(member: Membership) -> QuerySet[Employee]:
    """Return everybody who works here but the member; nobody for one who is not employed."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return Employee.objects.none()
    return Employee.objects.exclude(status=EmployeeStatus.LEFT).exclude(pk=own.pk)


def nearest_colleagues(member: Membership) -> list[Employee]:
    """Return whom the member works with: the team, the manager and direct reports first, then the department."""
    own = employee_of(member)
    if own is None:
        return []
    team = Q(pk=own.manager_id) | Q(manager=own)
    if own.manager_id is not None:
        team |= Q(manager=own.manager_id)
    near = team | Q(pk__in=employees_below(own).values("pk"))
    if own.department_id is not None:
        near |= Q(department=own.department_id)
    closest_first = Case(When(team, then=Value(0)), default=Value(1))
    rows = colleagues_of(member).filter(near).order_by(closest_first, "family_name", "given_name", "pk")
    return list(rows.select_related("job_description")[:MOST_OFFERED])


def colleagues_named(member: Membership, words: str) -> list[Employee]:
    """Return the colleagues of exactly that name, e-mail address or number, whatever the case; at most a few."""
    words = " ".join(words.split())
    if not words:
        return []
    named = colleagues_of(member).annotate(whole_name=Concat("given_name", Value(" "), "family_name"))
    exact = Q(whole_name__iexact=words) | Q(email__iexact=words) | Q(number__iexact=words)
    return list(named.filter(exact).select_related("department", "job_description")[:10])


def colleague_for(member: Membership, employee_id: str | int) -> Employee | None:
    """Return one colleague by key, None for anybody else."""
    if not str(employee_id).isdecimal() or len(str(employee_id)) > 18:
        return None
    rows = colleagues_of(member).select_related("manager", "organization", "department", "job_description", "location")
    return rows.filter(pk=employee_id).first()


def people_to_ask_about(member: Membership) -> list[Employee]:
    """Return about whom the member may ask others: themself first, then everyone below, as many as a list can hold."""
    own = employee_of(member)
    if own is None:
        return []
    below = employees_below(own).exclude(status=EmployeeStatus.LEFT)
    return [own, *below[:MOST_OFFERED]]
