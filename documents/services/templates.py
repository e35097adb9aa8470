"""Writing the templates of forms: a draft beside the published version, then a new version for good."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind, VersionStatus
from documents.form_content import Content, PlanContent, SectionsContent, plain_content
from documents.form_kinds import SECTIONS
from documents.models import FormTemplate, FormTemplateVersion
from documents.questions import QuestionsContent, problems_of
from documents.registry import shipped_templates
from documents.rules import can_change_form_templates
from documents.selectors.templates import content_of
from people.models import Membership
from pipcycle.errors import DomainError


def provide_templates() -> None:
    """Give the organization the shipped templates it does not have yet, each as published version 1."""
    known = set(FormTemplate.objects.values_list("kind", "key"))
    missing = [one for one in shipped_templates() if (one.kind, one.key) not in known]
    if not missing:
        return
    with transaction.atomic():
        for one in missing:
            template, is_new = FormTemplate.objects.get_or_create(
                kind=one.kind, key=one.key, defaults={"name": str(one.content.name)}
            )
            if is_new:
                template.versions.create(
                    number=1,
                    content=plain_content(one.content),
                    status=VersionStatus.PUBLISHED,
                    published_at=timezone.now(),
                )


def begin_draft(*, actor: Membership, template: FormTemplate) -> FormTemplateVersion:
    """Return the version that is worked on; a new one begins as a copy of the published one."""
    _require_right(actor)
    with transaction.atomic():
        locked = FormTemplate.objects.select_for_update().get(pk=template.pk)
        latest: FormTemplateVersion = locked.versions.latest("number")
        if latest.is_draft:
            return latest
        return FormTemplateVersion.objects.create(
            template=locked,
            number=latest.number + 1,
            content=latest.content,
            changed_by=actor,
            changed_at=timezone.now(),
        )


def change_draft(*, actor: Membership, version: FormTemplateVersion, content: Content) -> FormTemplateVersion:
    """Keep what the draft says now; it may be incomplete. Raises DomainError for a version that is published."""
    _require_right(actor)
    with transaction.atomic():
        locked = _locked_draft(version)
        locked.content = plain_content(content)
        locked.changed_by = actor
        locked.changed_at = timezone.now()
        locked.save(update_fields=["content", "changed_by", "changed_at"])
    return locked


def publish_draft(*, actor: Membership, version: FormTemplateVersion) -> FormTemplateVersion:
    """Publish the draft for good: forms begun from now on use it, those begun before keep theirs.

    Raises DomainError when it is published already or lacks what every form of its kind needs.
    """
    _require_right(actor)
    with transaction.atomic():
        locked = _locked_draft(version)
        content = content_of(locked)
        require_complete(locked.template.kind, content)
        locked.status = VersionStatus.PUBLISHED
        locked.published_by = actor
        locked.published_at = timezone.now()
        locked.save(update_fields=["status", "published_by", "published_at"])
        locked.template.name = str(content.name)
        locked.template.save(update_fields=["name"])
    return locked


def discard_draft(*, actor: Membership, version: FormTemplateVersion) -> None:
    """Drop the version that is worked on; the published one stays."""
    _require_right(actor)
    with transaction.atomic():
        locked = _locked_draft(version)
        if locked.number == 1:
            locked.template.delete()
        else:
            locked.delete()


def copy_template(*, actor: Membership, template: FormTemplate, name: str) -> FormTemplate:
    """Begin another template of a plan as a draft with the same words; it is offered once it is published.

    Raises DomainError for the other kinds, of which there is one form each, and without a name.
    """
    _require_right(actor)
    if template.kind != FormKind.PLAN:
        raise DomainError(_("There is one form of this kind, and everybody begins with it. Begin its next version."))
    name = name.strip()
    if not name:
        raise DomainError(_("Give the copy a name."))
    source: FormTemplateVersion = template.versions.latest("number")
    base = slugify(name)[:40] or "template"
    try:
        with transaction.atomic():
            taken = set(FormTemplate.objects.filter(kind=template.kind).values_list("key", flat=True))
            key = next(key for key in (base, *(f"{base}-{number}" for number in range(2, 1000))) if key not in taken)
            copy = FormTemplate.objects.create(kind=template.kind, key=key, name=name)
            copy.versions.create(
                number=1, content={**source.content, "name": name}, changed_by=actor, changed_at=timezone.now()
            )
    except IntegrityError as error:
        raise DomainError(_("Somebody has just made a template of this name. Choose another one.")) from error
    return copy


def set_offered(*, actor: Membership, template: FormTemplate, is_offered: bool) -> FormTemplate:
    """Offer the template for new forms or stop doing so. Raises DomainError for the last one of its kind."""
    _require_right(actor)
    with transaction.atomic():
        kin = list(FormTemplate.objects.select_for_update().filter(kind=template.kind))
        others = [one for one in kin if one.pk != template.pk and one.is_active and _has_published(one)]
        if not is_offered and not others:
            raise DomainError(_("This is the only one of its kind on offer. Offer another one first."))
        template.is_active = is_offered
        template.save(update_fields=["is_active"])
    return template


def require_complete(kind: str, content: Content) -> None:
    """Raise DomainError naming what a form of the kind cannot be published without."""
    if not str(content.name).strip() or not str(content.title).strip():
        raise DomainError(_("Give the template a name and a title."))
    if isinstance(content, PlanContent):
        _require_whole_plan(content)
    if isinstance(content, QuestionsContent):
        for problem in problems_of(content):
            raise DomainError(problem)
    if isinstance(content, SectionsContent) and set(content.sections) - set(SECTIONS[FormKind(kind)]):
        raise DomainError(_("The form has a section that this kind of form does not know."))


def _require_whole_plan(content: PlanContent) -> None:
    needed = {
        _("Add at least one expectation."): content.expectations,
        _("Add at least one promise of support."): content.support,
        _("Say what should be reached by the last day."): str(content.final_goal).strip(),
        _("Say what follows if the plan succeeds."): str(content.success_consequence).strip(),
        _("Say what follows if the plan does not succeed."): str(content.failure_consequence).strip(),
        _("Tell the employee their rights (rule 16)."): str(content.rights).strip(),
        _("Choose fewer days between check-ins than the plan is long."): (
            content.check_in_every_days < content.length_days
        ),
    }
    for message, there in needed.items():
        if not there:
            raise DomainError(message, rule=2)


def _has_published(template: FormTemplate) -> bool:
    return FormTemplateVersion.objects.filter(template=template, status=VersionStatus.PUBLISHED).exists()


def _locked_draft(version: FormTemplateVersion) -> FormTemplateVersion:
    locked = FormTemplateVersion.objects.select_for_update(of=("self",)).select_related("template").get(pk=version.pk)
    if not locked.is_draft:
        raise DomainError(_("This version is published and stays as it is. Begin a new one."))
    return locked


def _require_right(actor: Membership) -> None:
    if not can_change_form_templates(actor):
        raise PermissionDenied
