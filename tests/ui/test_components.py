"""Components: what they say to assistive technology, and that they escape."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone
from django_cotton.compiler_regex import CottonCompiler

from pipcycle.templatetags.ui import initials

MISCHIEF = '"><script>alert(1)</script>'


class PlanForm(forms.Form):
    """A form with one of each kind of label."""

    title = forms.CharField(label="Title", help_text="One sentence.")
    note = forms.CharField(label="Note", required=False)
    length = forms.ChoiceField(label="Length", choices=[("30", "30 days")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")


def render(source: str, path: str = "/list/", **context: Any) -> str:
    """Render a template as a page at ``path`` would."""
    request = RequestFactory().get(path)
    return Template(CottonCompiler().process("{% load ui %}" + source)).render(RequestContext(request, context))


@pytest.mark.parametrize(
    "source",
    [
        '<c-button :title="value">Save</c-button>',
        '<c-link-button href="/" :data-name="value">Go</c-link-button>',
        '<c-person :name="value" />',
        '<c-todo-item :title="value" :about="value" href="/" />',
        '<c-page-header :title="value" />',
        '<c-callout :title="value">x</c-callout>',
        '<c-status :kind="value">x</c-status>',
        '<c-timeline-item :title="value" :by="value" />',
        '<c-page-header title="{{ value }}" />',
    ],
)
def test_component_escapes_what_people_wrote(source: str) -> None:
    assert "<script>" not in render(source, value=MISCHIEF)


def test_component_does_not_see_the_variables_of_its_caller() -> None:
    assert "leaked" not in render('<c-page-header title="Plans" />', lead="leaked")


def test_field_ties_label_hint_and_error_to_the_control() -> None:
    html = render('<c-field :field="form.title" />', form=PlanForm({}))

    assert '<label class="field__label" for="id_title">Title</label>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_says_which_answers_are_optional() -> None:
    form = PlanForm()

    assert "(optional)" in render('<c-field :field="form.note" />', form=form)
    assert "(optional)" not in render('<c-field :field="form.title" />', form=form)


def test_group_of_choices_has_a_legend() -> None:
    html = render('<c-field :field="form.length" />', form=PlanForm())

    assert '<legend class="field__label">Length</legend>' in html


def test_error_summary_links_to_each_control() -> None:
    html = render('<c-form-errors :form="form" />', form=PlanForm({}))

    assert [f'href="#{target}"' in html for target in ("id_title", "id_length_0", "id_agreed", "id_note")] == [
        True,
        True,
        True,
        False,
    ]


def test_error_summary_of_a_valid_form_is_nothing() -> None:
    form = PlanForm({"title": "x", "length": "30", "agreed": "on"})

    assert render('<c-form-errors :form="form" />', form=form).strip() == ""


@pytest.mark.parametrize(
    ("path", "sort", "link"),
    [
        ("/list/?q=a&page=3", "", "?q=a&amp;sort=name"),
        ("/list/?sort=name", "ascending", "?sort=-name"),
        ("/list/?sort=-name", "descending", "?sort=name"),
    ],
)
def test_sort_header_keeps_filters_and_says_its_order(path: str, sort: str, link: str) -> None:
    html = render('<c-sort-header name="name" label="Name" />', path)

    assert f'href="{link}"' in html
    assert (f'aria-sort="{sort}"' in html) == bool(sort)


def test_pagination_keeps_the_query_and_marks_the_page() -> None:
    html = render('<c-pagination :page="page" />', "/list/?q=a&page=2", page=Paginator(range(60), 25).page(2))

    assert "26–50 of 60" in html
    assert '<a href="?q=a&amp;page=2" aria-current="page">' in html
    assert 'href="?q=a&amp;page=3" rel="next"' in html


def test_pagination_of_an_empty_list_is_nothing() -> None:
    assert render('<c-pagination :page="page" />', page=Paginator([], 25).page(1)).strip() == ""


def test_overdue_item_says_so_in_words() -> None:
    html = render('<c-todo-item title="Answer" :due="day" />', day=timezone.localdate() - timedelta(days=2))

    assert "2 days overdue" in html
    assert "todo--overdue" in html


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada King Lovelace", "AL"), ("Prince", "P"), ("bob mwangi", "BM"), ("", ""), ("(Jo) Li", "L")],
)
def test_initials_are_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters
