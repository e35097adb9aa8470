"""Calibration table at 2,000 people: the page an HR partner of everybody opens, its drawer, and the CSV."""

import datetime
import time
from typing import Any

from benchmarks.harness import report, services

PEOPLE = 2000
SPAN = 8
MOST_MILLISECONDS = 500.0
ROUNDS = 5


def main() -> int:
    """Measure the pages; return the number of broken limits."""
    with services():
        from django_rls_tenants import tenant_context

        from people.models import Organization

        harbor = Organization.objects.create(slug="harbor", name="Harbor", country="US", time_zone="America/New_York")
        with tenant_context(harbor.pk):
            client, cycle, shown = _rated(harbor)
        return _measure(client, cycle, shown)


def _measure(client: Any, cycle: Any, shown: int) -> int:
    table = f"/o/harbor/reviews/calibration/{cycle.pk}/"
    page = client.get(table).text.replace(",", "")
    if f"{PEOPLE - 1} ratings" not in page or "Do raters differ?" not in page:
        message = "the table is not about everybody"
        raise AssertionError(message)
    pages = {"table": table, "filtered": f"{table}?q=family7&rating=3", "drawer": f"{table}{shown}/"}
    kept = [
        report(f"reviews.calibration.{name}.{PEOPLE}", _median(client, page), "ms", limit=MOST_MILLISECONDS)
        for name, page in pages.items()
    ]
    client.get(f"{table}?reset=1")
    export = _median(client, f"{table}export/")
    kept.append(report(f"reviews.calibration.csv.{PEOPLE}", export, "ms", limit=2000.0))
    return kept.count(False)


def _median(client: Any, address: str) -> float:
    took = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        answer = client.get(address)
        took.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            message = f"{address}: {answer.status_code}"
            raise AssertionError(message)
    return sorted(took)[ROUNDS // 2]


def _rated(organization: Any) -> tuple[Any, Any, int]:
    """Make the people, a launched cycle in which everybody below somebody is rated, and a signed-in HR partner."""
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from documents.models import FormTemplate
    from documents.services.templates import provide_templates
    from people.enums import Role
    from people.models import Membership, User
    from reviews.enums import FormRole, FormStatus, ReviewStatus, StepKind
    from reviews.models import Review, ReviewForm
    from reviews.services.cycles import launch_cycle, plan_cycle
    from reviews.services.running import run_cycle

    _people(organization)
    user = User.objects.create(email="hr@harbor.example", full_name="Hana Holm", password="!")  # noqa: S106  # signed in below
    actor = Membership.objects.create(user=user, roles=[Role.HR_PARTNER.value])
    provide_templates()
    today = timezone.localdate()
    kinds = (StepKind.MANAGER, StepKind.CALIBRATION, StepKind.SHARE, StepKind.ACKNOWLEDGE)
    cycle = plan_cycle(
        actor=actor,
        dates={kind: today + datetime.timedelta(weeks=2 * place) for place, kind in enumerate(kinds, 1)},
        name="Review of the year",
        period_starts_on=today - datetime.timedelta(days=300),
        period_ends_on=today,
        template=FormTemplate.objects.get(kind="appraisal"),
        departments=[],
        jobs=[],
        hired_before=None,
        leaves_out_on_notice=True,
        late_joiners="add",
        accepts_late=True,
    )
    launch_cycle(actor=actor, cycle=cycle)
    run_cycle(cycle_id=cycle.pk)
    reviews = list(Review.objects.filter(manager__isnull=False))
    for review in reviews:
        review.status, review.rating = ReviewStatus.WRITTEN, 1 + (review.pk * 7 + (review.manager_id or 0)) % 5
    Review.objects.bulk_update(reviews, ["status", "rating"], batch_size=1000)
    ReviewForm.objects.filter(role=FormRole.MANAGER).update(status=FormStatus.SUBMITTED, submitted_at=timezone.now())
    with connection.cursor() as cursor:  # as the database does by itself after a while
        cursor.execute("ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client, cycle, reviews[0].pk


def _people(organization: Any) -> None:
    from people.models import Department, Employee, JobDescription, Location
    from people.services.reporting_lines import rebuild_reporting_lines

    departments = [Department.objects.create(name=f"Department {number}") for number in range(20)]
    job = JobDescription.objects.create(name="Analyst")
    place = Location.objects.create(name="Boston", country="US", time_zone="America/New_York")
    people = [
        Employee(
            organization=organization,
            number=f"N{number}",
            given_name=f"Given{number}",
            family_name=f"Family{number % 500}",
            email=f"n{number}@harbor.example",
            department=departments[number % 20],
            job_description=job,
            location=place,
            hired_on=datetime.date(2020, 1, 2),
        )
        for number in range(PEOPLE)
    ]
    Employee.objects.bulk_create(people, batch_size=1000)
    for number, one in enumerate(people):
        one.manager = people[(number - 1) // SPAN] if number else None
    Employee.objects.bulk_update(people, ["manager"], batch_size=1000)
    rebuild_reporting_lines()


if __name__ == "__main__":
    raise SystemExit(main())
