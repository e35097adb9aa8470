"""Who may do what with a sealed document."""

from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.registry import access_for
from people.models import Employee, Membership, PartnerScope
from people.rules import is_hr_admin, is_hr_partner
from people.selectors.accounts import employee_of


def can_read_document(member: Membership, document: Document) -> bool:
    """Return whether the member may read it: whoever sees the thing it is about."""
    return access_for(document.about_type)(member, document)


def can_acknowledge_document(member: Membership, document: Document, kind: AcknowledgementKind) -> bool:
    """Return whether the member may record it: the employee their own receipt, another reader a refusal (rule 14)."""
    employee = employee_of(member)
    is_own = employee is not None and employee.pk == document.employee_id
    if kind == AcknowledgementKind.REFUSED:
        return not is_own and can_read_document(member, document)
    return is_own


def can_witness(witness: Employee | None, *, document: Document, actor: Membership) -> bool:
    """Return whether the person can witness a refusal: neither the employee nor whoever records it."""
    if witness is None or witness.pk == document.employee_id:
        return False
    recorder = employee_of(actor)
    return recorder is None or witness.pk != recorder.pk


def can_see_form_templates(member: Membership) -> bool:
    """Return whether the member reads the wording of the forms: HR."""
    return is_hr_admin(member) or is_hr_partner(member)


def can_change_form_templates(member: Membership) -> bool:
    """Return whether the member words the forms: HR admins, and HR partners of the whole organization."""
    return is_hr_admin(member) or (
        is_hr_partner(member) and not PartnerScope.objects.filter(membership=member).exists()
    )
