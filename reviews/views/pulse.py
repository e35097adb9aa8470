"""Pulses: the list, planning and changing one, its results, ending it, and answering a round."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.services.audit import record_access
from pipcycle.errors import require
from pipcycle.exports import csv_response
from reviews.forms.pulse import AnswerForm, ConfirmForm, SurveyForm
from reviews.models import PulseResult
from reviews.pulse_enums import HEADINGS, PulseQuestion
from reviews.pulse_rules import can_read_pulses, can_run_pulses, reads_every_group
from reviews.selectors.pulse import PulseView, participation_for, survey_for, surveys_with_latest, view_of
from reviews.services.pulse import answer_pulse, change_survey, discard_survey, end_survey, plan_survey


@require_safe
def pulse_list(request: TenantRequest) -> HttpResponse:
    """Show every pulse survey."""
    require(can_read_pulses(request.member))
    context = {"surveys": surveys_with_latest(), "may_run": can_run_pulses(request.member)}
    return render(request, "reviews/pulse_list.html", context)


@require_safe
def pulse(request: TenantRequest, survey_id: int) -> HttpResponse:
    """Show the results of closed rounds: of the organization and its departments, or of a manager's own department."""
    require(can_read_pulses(request.member))
    survey = survey_for(survey_id)
    context = {
        "survey": survey,
        "found": view_of(request.member, survey),
        "asks": [PulseQuestion(key).label for key in survey.questions],
        "sees_all": reads_every_group(request.member),
        "may_run": can_run_pulses(request.member),
    }
    return render(request, "reviews/pulse.html", context)


@ask_or_act
def pulse_new(request: TenantRequest) -> HttpResponse:
    """Plan a pulse."""
    require(can_run_pulses(request.member))
    form = SurveyForm(handed_in(request))

    def act() -> str:
        return plan_survey(actor=request.member, **form.facts()).get_absolute_url()

    back = portal_url(request.organization, "reviews:pulse_list")
    done = _("The pulse is planned. Its first round opens by itself on the day.")
    return ask(request, form, act=act, done=done, template="reviews/pulse_form.html", context={"back": back})


@ask_or_act
def pulse_change(request: TenantRequest, survey_id: int) -> HttpResponse:
    """Change a pulse that has a round to come."""
    require(can_run_pulses(request.member))
    survey = survey_for(survey_id)
    form = SurveyForm(handed_in(request), survey=survey)

    def act() -> str:
        return change_survey(actor=request.member, survey=survey, **form.facts()).get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("Changed. Rounds that were opened stay as they are."),
        template="reviews/pulse_change.html",
        context={"survey": survey, "back": survey.get_absolute_url(), "is_possible": survey.next_opens_on is not None},
    )


@ask_or_act
def pulse_discard(request: TenantRequest, survey_id: int) -> HttpResponse:
    """Ask before a pulse nobody has been asked in is dropped."""
    require(can_run_pulses(request.member))
    survey = survey_for(survey_id)

    def act() -> str:
        discard_survey(actor=request.member, survey=survey)
        return portal_url(request.organization, "reviews:pulse_list")

    return ask(
        request,
        ConfirmForm(handed_in(request)),
        act=act,
        done=_("The pulse is dropped."),
        template="reviews/pulse_discard.html",
        context={"survey": survey, "back": survey.get_absolute_url(), "is_possible": not survey.rounds.exists()},
    )


@require_safe
def pulse_export(request: TenantRequest, survey_id: int) -> HttpResponse:
    """Hand over as CSV what the reader's page of results shows, and nothing that is held back there."""
    require(can_read_pulses(request.member))
    survey = survey_for(survey_id)
    record_access(member=request.member, about_type="pulse", about_id=str(survey.pk), action="export")
    asked = [PulseQuestion(key) for key in survey.questions]
    return csv_response(
        filename="pulse.csv",
        headings=[_("Closed on"), _("Group"), _("Answers"), *(HEADINGS[question] for question in asked)],
        rows=_figures(view_of(request.member, survey), asked),
    )


@ask_or_act
def pulse_end(request: TenantRequest, survey_id: int) -> HttpResponse:
    """Ask before no further round opens."""
    require(can_run_pulses(request.member))
    survey = survey_for(survey_id)

    def act() -> str:
        end_survey(actor=request.member, survey=survey)
        return survey.get_absolute_url()

    return ask(
        request,
        ConfirmForm(handed_in(request)),
        act=act,
        done=_("No further round will open."),
        template="reviews/pulse_end.html",
        context={"survey": survey, "back": survey.get_absolute_url(), "is_possible": survey.next_opens_on is not None},
    )


@ask_or_act
def pulse_answer(request: TenantRequest, round_id: int) -> HttpResponse:
    """Answer a round once; afterwards the page says so and shows nothing of what was answered."""
    asked = participation_for(request.member, round_id)
    survey = asked.round.survey
    form = AnswerForm(handed_in(request), survey=survey)

    def act() -> str:
        answer_pulse(
            actor=request.member,
            pulse_round=asked.round,
            answers=form.answers(),
            comment=form.cleaned_data.get("comment", ""),
        )
        return request.path

    return ask(
        request,
        form,
        act=act,
        done=_("Thank you. Your answers are counted, without your name."),
        template="reviews/pulse_answer.html",
        context={"survey": survey, "round": asked.round, "has_answered": asked.has_answered},
    )


def _figures(found: PulseView, asked: Sequence[PulseQuestion]) -> Iterator[tuple[Any, ...]]:
    """Yield each closed round of the group looked at, then the departments of the last one, as the page shows them."""
    name = found.group.name if found.group else _("Everybody")
    for row in found.rounds:
        if not row.round.is_open:
            yield row.round.closes_on.isoformat(), name, *_answers(row.result, asked)
    for result in found.departments if found.latest else ():
        department = result.department.name if result.department else ""
        yield result.round.closes_on.isoformat(), department, *_answers(result, asked)


def _answers(result: PulseResult | None, asked: Sequence[PulseQuestion]) -> list[Any]:
    if result is None:
        return [_("held back"), *("" for _question in asked)]
    return [result.answered, *(getattr(result, question) for question in asked)]
