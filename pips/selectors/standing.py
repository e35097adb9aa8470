"""Which disciplinary actions still count; kept apart because the gates ask for it too."""

from django.db.models import QuerySet

from people.models import Employee
from pips.days import today_for
from pips.discipline_enums import ACTION_STANDS
from pips.models import DisciplinaryAction


def standing_actions(employee: Employee, *, before: DisciplinaryAction | None = None) -> QuerySet[DisciplinaryAction]:
    """Return the issued actions that count as prior ones today: neither withdrawn nor past their expiry (rule 17).

    One whose day has come no longer counts, whether or not the nightly run has marked it.
    """
    actions = DisciplinaryAction.objects.filter(employee=employee, status__in=ACTION_STANDS)
    actions = actions.exclude(expires_on__lte=today_for(employee))
    if before is not None:
        actions = actions.exclude(pk=before.pk)
    return actions.order_by("issued_at", "pk")
