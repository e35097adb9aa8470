"""Who can witness that the receipt of a document was refused (rule 14)."""

from django.db.models import Q, QuerySet

from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import managers_above


def witnesses_for(recorder: Membership, employee: Employee) -> QuerySet[Employee]:
    """Return the managers above the employee and the colleagues of the same manager, without whoever records it."""
    above = managers_above(employee).order_by().values("pk")
    own = employee_of(recorder)
    people = Employee.objects.filter(Q(pk__in=above) | Q(manager__isnull=False, manager=employee.manager_id))
    return people.exclude(pk__in=[employee.pk, own.pk if own else 0]).exclude(left_on__isnull=False)
