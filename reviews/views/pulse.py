"""Pulses: the list, planning one, its results, ending it, and answering a round."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from pipcycle.errors import require
from reviews.forms.pulse import AnswerForm, ConfirmForm, SurveyForm
from reviews.pulse_enums import PulseQuestion
from reviews.pulse_rules import can_read_pulses, can_run_pulses, reads_every_group
from reviews.selectors.pulse import participation_for, survey_for, surveys_with_latest, view_of
from reviews.services.pulse import answer_pulse, end_survey, plan_survey


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
