"""A later plan inside the relapse window cites the earlier one and names what slipped."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from pips.enums import PlanStatus
from pips.models import Plan, SlippedExpectation
from pips.relapse import plan_to_cite_in
from pips.rules import is_manager_in
from pips.services.moves import lock_plan


def cite_previous_plan(*, actor: Membership, plan: Plan, slipped: Mapping[int, str]) -> None:
    """Cite the earlier plan; ``slipped`` says by id of its expectations what was seen. Citing again replaces it.

    Raises PermissionDenied, or DomainError outside every window, without an expectation or for one of another plan.
    """
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED})
        earlier = plan_to_cite_in(plan)
        if earlier is None:
            raise DomainError(_("No relapse window was open when this plan was begun: it starts afresh."))
        notes = {key: note.strip() for key, note in slipped.items()}
        if not notes or not all(notes.values()):
            raise DomainError(_("Name at least one expectation that slipped, and say what was seen."))
        known = set(earlier.expectations.values_list("pk", flat=True))
        if notes.keys() - known:
            raise DomainError(_("Choose among the expectations of the earlier plan."))
        plan.previous_plan = earlier
        plan.save(update_fields=["previous_plan"])
        plan.slipped_expectations.all().delete()
        SlippedExpectation.objects.bulk_create(
            SlippedExpectation(plan=plan, expectation_id=key, note=note) for key, note in notes.items()
        )
