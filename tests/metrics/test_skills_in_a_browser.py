"""The pages of jobs and skills in a real browser: accessible, silent under the strict policy, no wider than a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page

from metrics.models import SkillRating
from people.models import Competency, JobCompetency, Responsibility
from tests.cast import JobDescriptionFactory, Person
from tests.ui.axe import quiet_console, sideways_scroll, violations


@pytest.fixture
def rated(transactional_db: None, alice: Person, bob: Person) -> dict[str, int]:
    """Alice, rated twice in what her job asks."""
    with tenant_context(alice.organization.pk):
        job = JobDescriptionFactory.create()
        Responsibility.objects.create(job_description=job, title="Answer claims", description="Within two days.")
        listening = Competency.objects.create(name="Listening", description="Asks back.")
        JobCompetency.objects.create(job_description=job, competency=listening, expected_level=4)
        for day, rater, level in [("2026-01-05", "self", 2), ("2026-02-02", "self", 3), ("2026-02-02", "manager", 2)]:
            SkillRating.objects.create(
                employee=alice.employee,
                competency=listening,
                rater=rater,
                level=level,
                rated_on=day,
                rated_by=bob.member,
                note="Seen in three cases.",
            )
        return {"employee": alice.employee.pk, "job": job.pk, "competency": listening.pk}


@pytest.mark.parametrize("who", ["hana", "bob"])
def test_pages_of_jobs_and_skills_are_accessible_and_silent(
    who: str,
    rated: dict[str, int],
    live_server: Any,
    page: Page,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    session = client_of(request.getfixturevalue(who)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    pages = {
        "hana": ["people/jobs/", "people/jobs/{job}/change/", "people/competencies/{competency}/"],
        "bob": ["people/jobs/{job}/", "people/competencies/", "metrics/skills/", "metrics/skills/{employee}/rating/"],
    }
    for path in [*pages[who], "metrics/skills/{employee}/"]:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 2400})
            with quiet_console(page):
                page.goto(f"{live_server.url}/o/harbor/{path.format(**rated)}")
                for closed in page.locator("main details:not([open]) summary").all():
                    closed.click()
                assert violations(page) == [], (path, width)
            assert sideways_scroll(page) == 0, (path, width)
