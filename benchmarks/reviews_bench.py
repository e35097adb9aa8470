"""Launching a cycle of reviews about ten thousand people, killed half-way and taken up again; then one of its pages."""

import datetime
import os
import time
from typing import Any

from benchmarks.harness import report, services

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
SPAN = 8
MOST_SECONDS = 60.0
AT_ONCE = 5_000


def main() -> int:
    """Measure launch, dry run and closing; return the number of broken limits."""
    with services():
        from django_rls_tenants import tenant_context

        from people.models import Organization

        harbor = Organization.objects.create(slug="harbor", name="Harbor", country="US", time_zone="America/New_York")
        with tenant_context(harbor.pk):
            actor = _people(harbor)
            cycle = _planned(actor)
            return _measure(actor, cycle)


def _measure(actor: Any, cycle: Any) -> int:
    from reviews.models import ReviewForm
    from reviews.selectors.audience import dry_run_of, overlaps_of
    from reviews.selectors.cycles import people_of
    from reviews.selectors.who_gets_what import rows_of
    from reviews.services.cycles import close_cycle, launch_cycle
    from reviews.services.running import run_cycle

    dry = _seconds(lambda: (dry_run_of(cycle), overlaps_of(cycle), rows_of(cycle, people_of(cycle)[:50])))
    launch_cycle(actor=actor, cycle=cycle)
    launch = _seconds(lambda: _killed_and_taken_up(cycle))
    forms = ReviewForm.objects.count()
    if forms != 2 * PEOPLE - 1:  # whoever stands at the top has no manager
        message = f"{forms} forms for {PEOPLE} people"
        raise AssertionError(message)
    cycle.refresh_from_db()
    close_cycle(actor=actor, cycle=cycle)
    closing = _seconds(lambda: run_cycle(cycle_id=cycle.pk))
    kept = [
        report(f"reviews.launch.{PEOPLE}", launch, "s", limit=MOST_SECONDS),
        report(f"reviews.close.{PEOPLE}", closing, "s", limit=MOST_SECONDS),
        report(f"reviews.dry_run.{PEOPLE}", dry * 1000, "ms", limit=1000),
    ]
    return kept.count(False)


def _killed_and_taken_up(cycle: Any) -> None:
    """Launch until half are done, die inside the next batch, and let another run do the rest."""
    from reviews.services import running
    from reviews.services.forms_opened import take_in

    done = 0

    def dying(**given: Any) -> int:
        nonlocal done
        done += take_in(**given)
        if done > PEOPLE // 2:
            raise SystemExit
        return done

    whole = running.__dict__["take_in"]
    running.__dict__["take_in"] = dying
    try:
        running.run_cycle(cycle_id=cycle.pk)
    except SystemExit:
        pass
    finally:
        running.__dict__["take_in"] = whole
    running.run_cycle(cycle_id=cycle.pk)


def _seconds(run: Any) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _people(organization: Any) -> Any:
    """Make the people, eight below each; return an HR admin."""
    from people.enums import Role
    from people.models import Department, Employee, JobDescription, Location, Membership, User
    from people.services.reporting_lines import rebuild_reporting_lines

    department = Department.objects.create(name="Operations")
    job = JobDescription.objects.create(name="Analyst")
    place = Location.objects.create(name="Boston", country="US", time_zone="America/New_York")
    people: list[Any] = []
    for number in range(PEOPLE):
        above = people[(number - 1) // SPAN] if number else None
        people.append(
            Employee(
                organization=organization,
                number=f"N{number}",
                given_name=f"Given{number}",
                family_name=f"Family{number % 500}",
                email=f"n{number}@harbor.example",
                department=department,
                job_description=job,
                location=place,
                hired_on=datetime.date(2020, 1, 2),
            )
        )
        people[-1].above = above
    Employee.objects.bulk_create(people, batch_size=AT_ONCE)
    for one in people:
        one.manager = one.above
    Employee.objects.bulk_update(people, ["manager"], batch_size=2000)
    rebuild_reporting_lines()
    user = User.objects.create(email="admin@harbor.example", password="!")  # noqa: S106  # nobody signs in
    return Membership.objects.create(user=user, roles=[Role.HR_ADMIN.value])


def _planned(actor: Any) -> Any:
    from django.utils import timezone

    from documents.models import FormTemplate
    from documents.services.templates import provide_templates
    from reviews.enums import StepKind
    from reviews.services.cycles import plan_cycle

    provide_templates()
    today = timezone.localdate()
    kinds = (StepKind.SELF, StepKind.MANAGER, StepKind.CALIBRATION, StepKind.SHARE, StepKind.ACKNOWLEDGE)
    return plan_cycle(
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


if __name__ == "__main__":
    raise SystemExit(main())
