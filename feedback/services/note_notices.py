"""Immediate notices of feedback: that something waits and where to read it; neither names nor words."""

from django.utils.functional import Promise

from people.models import Employee
from reminders.services.notices import notify


def tell(employee: Employee | None, *, key: str, subject: str | Promise, line: str | Promise, url: str) -> None:
    """Tell one person; nobody where there is none, or where they have left."""
    if employee is None or employee.has_left:
        return
    notify(key=f"feedback:{key}:{employee.pk}", to=employee, subject=subject, lines=[line], url=url)
