"""What the rooms above add: who may read their documents, the wording they ship, what a bundle of evidence holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from documents.form_kinds import FORMS, ShippedTemplate
from documents.models import Document
from people.models import Employee, Membership

DocumentAccess = Callable[[Membership, Document], bool]
#: Returns the keys of the things of that type about the employee whose documents the member may read.
ReadableThings = Callable[[Membership, Employee], QuerySet[Any, Any] | list[int]]


@dataclass(frozen=True, kw_only=True)
class BundlePart:
    """One file of a bundle of evidence, or something that is left out of it.

    A file has ``content`` or is a sealed ``document``, whose content is read when it is written. What is withheld has
    neither: only its kind, how many there are, and the reason. ``about`` is the thing it belongs to: a bundle on one
    thing takes what is about it, and says of what is withheld about nothing in particular too.
    """

    path: str = ""
    title: str = ""
    content: bytes | None = None
    document: Document | None = None
    is_withheld: bool = False
    kind: str = ""
    count: int = 1
    reason: str = ""
    about: tuple[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class BundleSubject:
    """One thing a bundle can be about, such as a plan."""

    about_type: str
    about_id: int
    title: str


BundlePartProvider = Callable[[Membership, Employee], Iterable[BundlePart]]
BundleSubjectProvider = Callable[[Membership, Employee], Iterable[BundleSubject]]

_access: dict[str, DocumentAccess] = {}
_readable: dict[str, ReadableThings] = {}
_parts: list[BundlePartProvider] = []
_subjects: list[BundleSubjectProvider] = []


def register_document_access(
    about_type: str, may_read: DocumentAccess, *, readable: ReadableThings | None = None
) -> None:
    """Say who may read the documents about that type; registering again replaces the answer.

    ``readable`` answers the same for all documents about an employee at once, for lists.
    """
    _access[about_type] = may_read
    if readable is not None:
        _readable[about_type] = readable


def access_for(about_type: str) -> DocumentAccess:
    """Return who may read; a type nobody answers for is read by nobody."""
    return _access.get(about_type, _nobody)


def readable_things() -> dict[str, ReadableThings]:
    """Return, by type, what tells which things' documents a member may read."""
    return dict(_readable)


def answering_one_by_one() -> list[str]:
    """Return the types whose documents are asked for one at a time."""
    return sorted(set(_access) - set(_readable))


def register_bundle_part(provider: BundlePartProvider) -> None:
    """Add what a room has to every bundle of evidence; what must not leave HR is given as withheld."""
    if provider not in _parts:
        _parts.append(provider)


def bundle_part_providers() -> list[BundlePartProvider]:
    """Return what gives the parts of a bundle."""
    return list(_parts)


def register_bundle_subject(provider: BundleSubjectProvider) -> None:
    """Let a bundle be about one thing of a room instead of the whole case file."""
    if provider not in _subjects:
        _subjects.append(provider)


def bundle_subjects(member: Membership, employee: Employee) -> list[BundleSubject]:
    """Return what a bundle about the employee can be narrowed to."""
    return [subject for provider in _subjects for subject in provider(member, employee)]


def _nobody(_member: Membership, _document: Document) -> bool:
    return False


_shipped: dict[tuple[str, str], ShippedTemplate] = {(one.kind, one.key): one for one in FORMS}


def register_shipped_templates(templates: Iterable[ShippedTemplate]) -> None:
    """Add the wording a higher room ships; registering a key again replaces it."""
    _shipped.update({(one.kind, one.key): one for one in templates})


def shipped_templates() -> list[ShippedTemplate]:
    """Return all the wording that comes with the product."""
    return list(_shipped.values())


def shipped_template(kind: str, key: str) -> ShippedTemplate | None:
    """Return the wording that is shipped under the key."""
    return _shipped.get((kind, key))
