"""Reading the templates of forms.

Before an organization has templates of its own the shipped ones stand in, as version 1.
"""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from documents.enums import FormKind, VersionStatus
from documents.form_content import Content, SectionsContent, content_from, plain_content, sections_content_from
from documents.models import FormTemplate, FormTemplateVersion
from documents.registry import shipped_template, shipped_templates

#: The one template there is of a kind made of sections.
STANDARD = "standard"


def current_version(kind: FormKind | str, key: str) -> FormTemplateVersion:
    """Return the version a new form is filled from. Raises LookupError for a key nobody knows."""
    found = _published(kind, key).order_by("-number").first()
    return found or _shipped_version(kind, key)


def version_numbered(kind: FormKind | str, key: str, number: int) -> FormTemplateVersion:
    """Return exactly that published version. Raises LookupError when there is none."""
    found = _published(kind, key).filter(number=number).first()
    if found is None and number == 1:
        return _shipped_version(kind, key)
    if found is None:
        message = f"There is no version {number} of the {kind} template {key!r}."
        raise LookupError(message)
    return found


def versions_on_offer(kind: FormKind | str) -> list[FormTemplateVersion]:
    """Return the current version of every template of the kind that is offered, oldest template first."""
    latest = Subquery(_published_of(OuterRef("template_id")).values("number")[:1])
    versions = FormTemplateVersion.objects.select_related("template").filter(template__kind=kind, number=latest)
    found = list(versions.order_by("template_id"))
    if not found:
        return [_shipped_version(one.kind, one.key) for one in shipped_templates() if one.kind == kind]
    return [version for version in found if version.template.is_active]


def content_of(version: FormTemplateVersion) -> Content:
    """Return what the version says."""
    return content_from(version.template.kind, version.content)


def current_form(kind: FormKind | str) -> tuple[int, SectionsContent]:
    """Return the number of the version that a new form made of sections begins with, and what it says."""
    version = current_version(kind, STANDARD)
    return version.number, _sections_of(version)


def form_numbered(kind: FormKind | str, number: int | None) -> SectionsContent | None:
    """Return what that version says; None for a form that was begun before there were versions."""
    try:
        return None if number is None else _sections_of(version_numbered(kind, STANDARD, number))
    except LookupError:
        return None


def templates_with_facts() -> QuerySet[FormTemplate]:
    """Return every template with its latest published number (``current``), since when, and its open drafts."""
    latest = _published_of(OuterRef("pk"))
    annotated: Any = FormTemplate.objects.annotate(
        current=Subquery(latest.values("number")[:1]),
        current_since=Subquery(latest.values("published_at")[:1]),
        open_drafts=Count("versions", filter=Q(versions__status=VersionStatus.DRAFT)),
    )
    templates: QuerySet[FormTemplate] = annotated.order_by("kind", "pk")
    return templates


def template_for(template_id: int) -> FormTemplate:
    """Return the template with its versions, newest first. Raises Http404 for one that is not there."""
    templates = FormTemplate.objects.prefetch_related("versions__published_by__user", "versions__changed_by__user")
    template: FormTemplate = get_object_or_404(templates, pk=template_id)
    return template


def published_version_of(template: FormTemplate) -> FormTemplateVersion | None:
    """Return the latest published version of a template that ``template_for`` returned."""
    published = [version for version in template.versions.all() if not version.is_draft]
    return max(published, key=lambda version: version.number, default=None)


def draft_version_of(template: FormTemplate) -> FormTemplateVersion | None:
    """Return the version that is worked on, if one is."""
    return next((version for version in template.versions.all() if version.is_draft), None)


def _sections_of(version: FormTemplateVersion) -> SectionsContent:
    return sections_content_from(version.content)


def _published(kind: FormKind | str, key: str) -> QuerySet[FormTemplateVersion]:
    return FormTemplateVersion.objects.select_related("template").filter(
        template__kind=kind, template__key=key, status=VersionStatus.PUBLISHED
    )


def _published_of(template_id: OuterRef) -> QuerySet[FormTemplateVersion]:
    published = FormTemplateVersion.objects.filter(template=template_id, status=VersionStatus.PUBLISHED)
    return published.order_by("-number")


def _shipped_version(kind: FormKind | str, key: str) -> FormTemplateVersion:
    shipped = shipped_template(kind, key)
    if shipped is None:
        message = f"There is no {kind} template {key!r}."
        raise LookupError(message)
    template = FormTemplate(kind=shipped.kind, key=shipped.key, name=str(shipped.content.name))
    return FormTemplateVersion(
        template=template, number=1, content=plain_content(shipped.content), status=VersionStatus.PUBLISHED
    )
