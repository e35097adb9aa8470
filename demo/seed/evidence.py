"""One bundle of evidence, asked for by the HR partner about the employee of the demo, built on the spot."""

from demo.seed.stage import member_of
from documents.evidence.services import build_bundle, request_bundle
from people.models import Employee


def create_evidence(signed_in: dict[str, Employee]) -> None:
    """Build it inside the open tenant context, when everything it tells of is there."""
    hr, employee = member_of(signed_in["hr"]), signed_in["employee"]
    bundle = request_bundle(actor=hr, employee=employee, purpose="Request of the employee for their own file")
    build_bundle(bundle_id=bundle.pk)
