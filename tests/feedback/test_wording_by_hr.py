"""A check-in begins with HR's wording of the day it was planned on and keeps it."""

from dataclasses import replace

from django.test import Client

from documents.form_content import SectionContent
from documents.models import FormTemplate
from documents.selectors.templates import current_form
from documents.services.templates import begin_draft, change_draft, provide_templates, publish_draft
from feedback.models import CheckIn, CheckInSeries
from feedback.services.check_ins import record_check_in
from tests.cast import Person
from tests.feedback.conftest import TODAY
from tests.feedback.views.conftest import ClientOf, browse

__all__ = ["browse"]


def publish(hana: Person, **sections: SectionContent) -> None:
    """Publish a next version of the form of check-ins."""
    provide_templates()
    _number, content = current_form("check_in")
    draft = begin_draft(actor=hana.member, template=FormTemplate.objects.get(kind="check_in"))
    worded = replace(content, sections={**content.sections, **sections})
    change_draft(actor=hana.member, version=draft, content=worded)
    publish_draft(actor=hana.member, version=draft)


def test_the_notes_begin_with_the_texts_of_the_form(check_in: CheckIn, bob: Person, hana: Person) -> None:
    publish(hana, progress=SectionContent(default="Went well:\nWas hard:"), actions=SectionContent(default="Who?"))

    following = record_check_in(actor=bob.member, check_in=check_in, held_on=TODAY)

    assert following.form_version == 2
    assert following.notes == "How it is going\nWent well:\nWas hard:\n\nWhat both agree to do\nWho?"
    check_in.refresh_from_db()
    assert (check_in.form_version, check_in.notes) == (1, "")


def test_the_page_gives_the_guidance_of_its_own_version(
    series: CheckInSeries, check_in: CheckIn, alice: Person, bob: Person, hana: Person, browse: ClientOf
) -> None:
    publish(hana, obstacles=SectionContent(guidance="Ask about <tools>."))
    client: Client = browse(alice)

    before = client.get(check_in.get_absolute_url()).text
    following = record_check_in(actor=bob.member, check_in=check_in, held_on=TODAY)
    after = client.get(following.get_absolute_url()).text

    assert "What stands in the way, and who can take it away?" in before
    assert "Ask about &lt;tools&gt;." not in before
    assert "Ask about &lt;tools&gt;." in after
    assert "What to talk about" not in client.get(check_in.get_absolute_url()).text  # held: it says what was


def test_a_check_in_older_than_the_versions_has_no_guidance(check_in: CheckIn, alice: Person, browse: ClientOf) -> None:
    CheckIn.objects.update(form_version=None)

    assert "What to talk about" not in browse(alice).get(check_in.get_absolute_url()).text
