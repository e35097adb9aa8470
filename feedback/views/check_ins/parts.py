"""The parts that several pages of check-ins show: the agenda and the action items."""

import datetime
from typing import Any

from django.utils import timezone

from feedback.check_in_rules import takes_part
from feedback.forms.check_ins import ActionForm, AgendaForm
from feedback.models import CheckIn, CheckInSeries
from feedback.selectors.check_ins import closed_actions, open_actions, open_agenda, planned_check_in, talked_in
from people.models import Membership
from people.selectors.accounts import employee_of

MOST_DONE = 10


def agenda_part(
    member: Membership, series: CheckInSeries, *, check_in: CheckIn | None = None, form: AgendaForm | None = None
) -> dict[str, Any]:
    """Return the open agenda, each point with whose it is, and what was talked about in the check-in at hand."""
    shown = check_in or planned_check_in(series)
    items = list(open_agenda(series))
    return {
        "agenda": [
            {
                "item": item,
                "is_own": item.added_by_id == member.pk,
                "is_first": place == 0,
                "is_last": place == len(items) - 1,
                "is_carried": shown is not None and item.added_for_id != shown.pk,
            }
            for place, item in enumerate(items)
        ],
        "talked": list(talked_in(shown)) if shown is not None else [],
        "agenda_form": form or AgendaForm(),
        "may_write": series.is_active and takes_part(member, series),
    }


def actions_part(series: CheckInSeries, *, form: ActionForm | None = None) -> dict[str, Any]:
    """Return what is to be done, what is done, and the form for one more."""
    today = timezone.localdate()
    return {
        "actions": list(open_actions(series)),
        "done_actions": list(closed_actions(series)[:MOST_DONE]),
        "action_form": form or ActionForm(series=series, initial={"due_on": today + datetime.timedelta(weeks=1)}),
        "today": today,
    }


def is_employee_of(member: Membership, series: CheckInSeries) -> bool:
    """Return whether the member is the one the check-ins are about."""
    own = employee_of(member)
    return own is not None and own.pk == series.employee_id
