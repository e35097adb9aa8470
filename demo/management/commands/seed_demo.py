"""``seed_demo``: the demo tenants ``harbor`` and ``alder`` with people and plans in every state."""

import random
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django_rls_tenants import tenant_context

from demo.seed.check_ins import create_check_ins
from demo.seed.development import create_development
from demo.seed.discipline import create_actions
from demo.seed.evidence import create_evidence
from demo.seed.feedback import create_feedback
from demo.seed.goals import create_goals
from demo.seed.handed_in import create_handed_in
from demo.seed.jobs import create_job_contents
from demo.seed.learning import create_learning
from demo.seed.measurements import create_measurements
from demo.seed.names import ALDER, HARBOR, TWO_TENANT_ADDRESS, OrganizationOfDemo
from demo.seed.outcomes import create_outcomes
from demo.seed.people import create_catalogue, create_organization, create_people, hashed_demo_password
from demo.seed.plans import create_changed_plans, create_plans
from demo.seed.pulses import create_pulses
from demo.seed.reviews import create_reviews
from demo.seed.skills import create_skill_ratings
from people.enums import Role
from people.models import Membership, Organization, User
from reminders.models import OutboxMessage


class Command(BaseCommand):
    """Seed the demo once; an existing demo tenant is left as it is."""

    help = "Creates the demo tenants harbor and alder. Refused outside a demo (DEBUG or PIPCYCLE_DEMO=1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how many people and which seed."""
        parser.add_argument("--employees", type=int, default=140, help="people in harbor; alder gets a third")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed gives the same people")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is missing, each tenant in one transaction."""
        if not (settings.DEBUG or settings.DEMO):
            message = "This is no demo: seed_demo needs DEBUG or PIPCYCLE_DEMO=1."
            raise CommandError(message)
        employees: int = options["employees"]
        self._seed(HARBOR, employees=employees, seed=options["seed"])
        self._seed(ALDER, employees=max(30, employees // 3), seed=options["seed"] + 1)

    @transaction.atomic
    def _seed(self, described: OrganizationOfDemo, *, employees: int, seed: int) -> None:
        if Organization.objects.filter(slug=described.slug).exists():
            self.stdout.write(f"{described.slug}: kept as it is")
            return
        organization = create_organization(described)
        chance = random.Random(seed)  # noqa: S311  # names of invented people, nothing secret
        with tenant_context(organization.pk):
            catalogue = create_catalogue(described)
            create_job_contents()
            signed_in = create_people(organization, catalogue, employees=employees, chance=chance)
            self._add_consultant()
            create_plans(signed_in)
            create_outcomes(signed_in)
            create_actions(signed_in)
            create_changed_plans(signed_in)
            create_measurements(signed_in, chance=random.Random(seed))  # noqa: S311  # as above
            create_handed_in(signed_in)
            create_goals(signed_in)
            create_check_ins(signed_in)
            create_feedback(signed_in)
            create_skill_ratings(today=timezone.localdate(), chance=random.Random(seed))  # noqa: S311  # as above
            create_development(signed_in, chance=random.Random(seed))  # noqa: S311  # as above
            create_learning(signed_in, chance=random.Random(seed))  # noqa: S311  # as above
            create_reviews(signed_in, chance=random.Random(seed))  # noqa: S311  # as above
            create_pulses(signed_in, chance=random.Random(seed))  # noqa: S311  # as above
            create_evidence(signed_in)
            OutboxMessage.objects.all().delete()  # what happened in the past is not mailed today
        self.stdout.write(f"{described.slug}: {employees} people")

    def _add_consultant(self) -> None:
        user = User.objects.filter(email=TWO_TENANT_ADDRESS).first()
        if user is None:
            user = User.objects.create(
                email=TWO_TENANT_ADDRESS, password=hashed_demo_password(), full_name="Noor Visser"
            )
        Membership.objects.create(user=user, roles=[Role.HR_PARTNER.value])
