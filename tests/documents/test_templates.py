"""Templates of forms: HR words them, publishes versions for good, and what was begun keeps its version."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django_rls_tenants import tenant_context
from hypothesis import given
from hypothesis import strategies as st

from documents.enums import FormKind, VersionStatus
from documents.form_content import (
    ContentError,
    Passage,
    PlanContent,
    SectionContent,
    SectionsContent,
    changed_passages,
    content_from,
    plain_content,
)
from documents.form_kinds import SECTIONS, passages_of
from documents.models import FormTemplate, FormTemplateVersion
from documents.registry import shipped_templates
from documents.selectors.templates import content_of, current_version, version_numbered, versions_on_offer
from documents.services import templates as services
from people.models import Department, Organization, PartnerScope
from pipcycle.errors import DomainError
from tests.cast import Person

ClientOf = Callable[[Person], Client]
LIST = "/o/harbor/documents/templates/"


@pytest.fixture
def delivery(harbor_context: Organization) -> FormTemplate:
    """Harbor's template of a plan about delivery, as shipped."""
    services.provide_templates()
    return FormTemplate.objects.get(kind=FormKind.PLAN, key="delivery")


def reworded(template: FormTemplate, **changes: Any) -> PlanContent:
    """Return the plan's content with changes."""
    return replace(cast("PlanContent", content_of(current_version(template.kind, template.key))), **changes)


def publish(hana: Person, template: FormTemplate, **changes: Any) -> FormTemplateVersion:
    """Publish a next version."""
    draft = services.begin_draft(actor=hana.member, template=template)
    services.change_draft(actor=hana.member, version=draft, content=reworded(template, **changes))
    return services.publish_draft(actor=hana.member, version=draft)


def test_shipped_templates_become_version_1_once(harbor_context: Organization) -> None:
    services.provide_templates()
    services.provide_templates()

    kept = FormTemplateVersion.objects.values_list("template__kind", "template__key", "number", "status")
    assert sorted(kept) == sorted((one.kind, one.key, 1, "published") for one in shipped_templates())


def test_shipped_wording_stands_in_before_there_are_rows(harbor_context: Organization) -> None:
    assert current_version("plan", "quality").number == 1
    assert current_version("discipline", "standard").content["title"] == "Disciplinary action"
    assert [one.template.key for one in versions_on_offer("plan")] == ["delivery", "quality", "attendance"]
    assert FormTemplate.objects.count() == 0


@pytest.mark.parametrize(
    "call", [lambda: current_version("plan", "x"), lambda: version_numbered("plan", "delivery", 9)]
)
def test_unknown_template_or_version_is_named(harbor_context: Organization, call: Callable[[], Any]) -> None:
    with pytest.raises(LookupError, match="There is no"):
        call()


@pytest.mark.parametrize("shipped", shipped_templates(), ids=lambda one: f"{one.kind}-{one.key}")
def test_shipped_content_is_complete_and_survives_json(shipped: Any) -> None:
    services.require_complete(shipped.kind, shipped.content)
    data = plain_content(shipped.content)

    assert plain_content(content_from(shipped.kind, data)) == data
    assert list(passages_of(shipped.kind, content_from(shipped.kind, data)))


@pytest.mark.parametrize("kind", sorted(SECTIONS))
def test_a_shipped_form_words_every_section_of_its_kind(kind: str) -> None:
    content = next(one.content for one in shipped_templates() if one.kind == kind)

    assert isinstance(content, SectionsContent)
    assert set(content.sections) == set(SECTIONS[kind])


_texts = st.text(max_size=40)
_sections = st.builds(SectionContent, guidance=_texts, default=_texts, is_required=st.booleans())


@given(
    st.builds(
        SectionsContent,
        name=_texts,
        purpose=_texts,
        title=_texts,
        sections=st.dictionaries(st.sampled_from(sorted(SECTIONS[FormKind.REVIEW])), _sections),
    )
)
def test_content_is_the_same_after_json(content: SectionsContent) -> None:
    assert content_from(FormKind.REVIEW, plain_content(content)) == content


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("plan", {"length_days": "ninety"}),
        ("plan", {"length_days": 0}),
        ("plan", {"expectations": [{"title": "x"}]}),
        ("plan", {"rights": None}),
        ("plan", {"support": [{"description": "x", "due_day": True}]}),
        ("check_in", {"sections": []}),
    ],
)
def test_data_of_another_shape_is_refused(kind: str, change: dict[str, Any]) -> None:
    shipped = next(one for one in shipped_templates() if one.kind == kind)

    with pytest.raises(ContentError, match="not the content of a form"):
        content_from(kind, plain_content(shipped.content) | change)


def test_a_new_version_leaves_the_published_one_as_it_was(delivery: FormTemplate, hana: Person) -> None:
    publish(hana, delivery, title="Deliver what was agreed")

    assert current_version("plan", "delivery").number == 2
    assert current_version("plan", "delivery").content["title"] == "Deliver what was agreed"
    assert version_numbered("plan", "delivery", 1).content["title"] == "Reliable delivery of committed work"


def test_a_draft_is_not_used_until_it_is_published(delivery: FormTemplate, hana: Person) -> None:
    draft = services.begin_draft(actor=hana.member, template=delivery)
    services.change_draft(actor=hana.member, version=draft, content=reworded(delivery, title="Not yet"))

    assert current_version("plan", "delivery").number == 1
    assert services.begin_draft(actor=hana.member, template=delivery) == draft


@pytest.mark.parametrize(
    "change", [{"content": {}}, {"number": 7}, {"status": VersionStatus.DRAFT, "published_at": None}]
)
def test_the_database_keeps_a_published_version_as_it_is(delivery: FormTemplate, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        delivery.versions.update(**change)


def test_the_database_keeps_a_published_version(delivery: FormTemplate) -> None:
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        delivery.versions.all().delete()


def test_publishing_twice_is_refused(delivery: FormTemplate, hana: Person) -> None:
    version = publish(hana, delivery, title="Once")

    with pytest.raises(DomainError, match="is published and stays"):
        services.publish_draft(actor=hana.member, version=version)
    with pytest.raises(DomainError, match="is published and stays"):
        services.change_draft(actor=hana.member, version=version, content=reworded(delivery))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": " "}, "a name and a title"),
        ({"expectations": ()}, "at least one expectation"),
        ({"support": ()}, "at least one promise"),
        ({"rights": ""}, "their rights"),
        ({"check_in_every_days": 90}, "fewer days between check-ins"),
    ],
)
def test_an_incomplete_template_is_kept_and_not_published(
    delivery: FormTemplate, hana: Person, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(DomainError, match=message):
        publish(hana, delivery, **change)

    assert delivery.versions.get(number=2).is_draft


def test_a_copy_is_offered_once_it_is_published(delivery: FormTemplate, hana: Person) -> None:
    copy = services.copy_template(actor=hana.member, template=delivery, name="Delivery")

    assert copy.key == "delivery-2"
    assert [one.template.key for one in versions_on_offer("plan")] == ["delivery", "quality", "attendance"]
    services.publish_draft(actor=hana.member, version=copy.versions.get())
    assert [one.template.key for one in versions_on_offer("plan")] == [
        "delivery",
        "quality",
        "attendance",
        "delivery-2",
    ]


def test_a_form_there_is_one_of_is_not_copied(delivery: FormTemplate, hana: Person) -> None:
    form = FormTemplate.objects.get(kind="check_in")

    with pytest.raises(DomainError, match="There is one form of this kind"):
        services.copy_template(actor=hana.member, template=form, name="Another")


def test_dropping_the_draft_of_a_copy_drops_the_copy(delivery: FormTemplate, hana: Person) -> None:
    copy = services.copy_template(actor=hana.member, template=delivery, name="Other")

    services.discard_draft(actor=hana.member, version=copy.versions.get())

    assert not FormTemplate.objects.filter(pk=copy.pk).exists()


def test_what_is_not_offered_keeps_its_versions(delivery: FormTemplate, hana: Person) -> None:
    services.set_offered(actor=hana.member, template=delivery, is_offered=False)

    assert [one.template.key for one in versions_on_offer("plan")] == ["quality", "attendance"]
    assert version_numbered("plan", "delivery", 1).number == 1


def test_the_last_of_a_kind_stays_on_offer(delivery: FormTemplate, hana: Person) -> None:
    only = FormTemplate.objects.get(kind=FormKind.REVIEW)

    with pytest.raises(DomainError, match="only one of its kind"):
        services.set_offered(actor=hana.member, template=only, is_offered=False)


@pytest.mark.parametrize("who", ["alice", "bob", "eve"])
def test_only_hr_words_the_forms(delivery: FormTemplate, who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        services.begin_draft(actor=person.member, template=delivery)


def test_an_hr_partner_of_some_departments_does_not(delivery: FormTemplate, hana: Person) -> None:
    PartnerScope.objects.create(membership=hana.member, department=Department.objects.all()[0])

    with pytest.raises(PermissionDenied):
        services.begin_draft(actor=hana.member, template=delivery)


def test_changed_passages_name_what_came_went_and_differs() -> None:
    old = [Passage("a", "A", "same"), Passage("b", "B", "before"), Passage("c", "C", "gone")]
    new = [Passage("a", "A", "same"), Passage("b", "B", "after"), Passage("d", "D", "new")]

    assert changed_passages(iter(old), iter(new)) == [
        ("B", "before", "after"),
        ("D", "", "new"),
        ("C", "gone", ""),
    ]


# The pages


def seen_on(body: str) -> str:
    """Return the state of the draft the page was made from."""
    found = re.search(r'name="seen" value="([^"]*)"', body)
    assert found is not None
    return found[1]


def sections_typed(**changes: str) -> dict[str, str]:
    """Return a check-in's template as a browser sends it."""
    return {"name": "Talk", "purpose": "", "title": "Talk", "progress-guidance": "Begin well.", **changes}


@pytest.fixture
def check_in_page(delivery: FormTemplate) -> str:
    """The address of the template of check-ins."""
    return f"{LIST}{FormTemplate.objects.get(kind=FormKind.CHECK_IN).pk}/"


def test_hr_words_compares_and_publishes(check_in_page: str, hana: Person, client_of: ClientOf) -> None:
    client = client_of(hana)
    seen = seen_on(client.get(f"{check_in_page}draft/").content.decode())

    saved = client.post(f"{check_in_page}draft/", sections_typed(seen=seen, publish="1"))
    compared = client.get(f"{check_in_page}publication/").content.decode()
    published = client.post(f"{check_in_page}publication/", {"publish": "1"}, follow=True).content.decode()

    assert saved["Location"] == f"{check_in_page}publication/"
    assert "<ins>Begin well.</ins>" in compared
    assert "Version 2 is published." in published
    assert "Begin well." in published
    assert "Begin well." not in client.get(f"{check_in_page}?version=1").content.decode()


def test_the_list_names_every_kind(delivery: FormTemplate, hana: Person, client_of: ClientOf) -> None:
    body = client_of(hana).get(LIST).content.decode()

    for words in ("Improvement plan", "Disciplinary action", "Check-in", "Review after a plan", "Attendance"):
        assert words in body


def test_an_hr_partner_of_some_departments_reads_and_changes_nothing(
    check_in_page: str, hana: Person, client_of: ClientOf
) -> None:
    PartnerScope.objects.create(membership=hana.member, department=Department.objects.all()[0])
    client = client_of(hana)

    body = client.get(check_in_page).content.decode()

    assert client.get(LIST).status_code == 200
    assert "Change the wording" not in body
    assert "HR partners of the whole organization change the wording." in body
    assert client.get(f"{check_in_page}draft/").status_code == 403


def test_two_writers_do_not_overwrite_each_other(
    check_in_page: str, hana: Person, adam: Person, client_of: ClientOf
) -> None:
    client_of(adam).post(f"{check_in_page}draft/", sections_typed(seen="", title="Adam's"))

    refused = client_of(hana).post(f"{check_in_page}draft/", sections_typed(seen="", title="Hana's"))

    assert refused.status_code == 409
    assert "Hana&#x27;s" in refused.content.decode()
    assert FormTemplateVersion.objects.get(status="draft").content["title"] == "Adam's"


def test_rows_of_a_plan_come_and_go_and_lose_no_word(delivery: FormTemplate, hana: Person, client_of: ClientOf) -> None:
    page = f"{LIST}{delivery.pk}/draft/"
    typed = {
        "name": "Half",
        "expectations-TOTAL_FORMS": "1",
        "expectations-INITIAL_FORMS": "0",
        "expectations-0-title": "precious",
        "milestones-TOTAL_FORMS": "0",
        "milestones-INITIAL_FORMS": "0",
        "support-TOTAL_FORMS": "0",
        "support-INITIAL_FORMS": "0",
        "rights": "kept",
    }
    client = client_of(hana)

    added = client.post(page, {**typed, "add": "expectations"}, headers={"HX-Request": "true"}).content.decode()
    refused = client.post(page, {**typed, "save": "1"})

    assert "<html" not in added
    assert 'name="expectations-TOTAL_FORMS" value="2"' in added
    assert "precious" in added
    assert refused.status_code == 422
    assert "kept" in refused.content.decode()


def test_the_preview_shows_what_is_typed_and_saves_nothing(
    check_in_page: str, hana: Person, client_of: ClientOf
) -> None:
    body = client_of(hana).post(f"{check_in_page}preview/", sections_typed(title="Seen at once")).content.decode()

    assert "Seen at once" in body
    assert "<html" not in body
    assert not FormTemplateVersion.objects.filter(status="draft").exists()


def test_copying_and_not_offering_are_buttons(
    delivery: FormTemplate, hana: Person, client_of: ClientOf, harbor: Organization
) -> None:
    client = client_of(hana)

    copied = client.post(f"{LIST}{delivery.pk}/copy/", {"name": "Field work"}, follow=True).content.decode()
    client.post(f"{LIST}{delivery.pk}/offer/", {"is_offered": "0"})

    assert "It is offered once you publish it." in copied
    with tenant_context(harbor.pk):
        assert not FormTemplate.objects.get(pk=delivery.pk).is_active


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    delivery: FormTemplate, hana: Person, client_of: ClientOf, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        services.copy_template(actor=hana.member, template=delivery, name=f"Copy {number}")
    client = client_of(hana)
    client.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


LIST_QUERIES = 8
