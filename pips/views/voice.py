"""The employee's words on the record, and readings they challenge."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from people.asking import attempt, handed_in
from people.http import TenantRequest, open_to_guests
from pips.days import today_for
from pips.enums import BEFORE_ISSUE, RUNNING, PlanStatus
from pips.forms.voice import ChallengeForm, CheckAnswerForm, CommentForm, RebuttalForm
from pips.models import DataCheck, Expectation, MilestoneReading, Plan
from pips.quantities import quantity
from pips.readings import reading_for
from pips.rules_voice import can_answer_check, can_challenge, can_speak
from pips.selectors.plans import plan_for
from pips.selectors.voice import documents_to_answer
from pips.services.voice import add_comment, add_rebuttal, answer_check, challenge_reading
from pips.views.stepping import plan_url, take_step

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])
ISSUED = frozenset(PlanStatus) - BEFORE_ISSUE


@_ask_or_act
def comment(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Add a comment."""
    plan = plan_for(request.member, plan_id)
    form = CommentForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=can_speak,
        open_in=ISSUED,
        form=form,
        act=lambda: add_comment(actor=request.member, plan=plan, **form.cleaned_data),
        done=gettext_lazy("Your comment is on the record."),
        template="pips/voice_comment.html",
        fragment="voice",
    )


@_ask_or_act
def rebuttal(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Attach a rebuttal for good (rule 16)."""
    plan = plan_for(request.member, plan_id)
    form = RebuttalForm(handed_in(request), documents=documents_to_answer(plan))
    return take_step(
        request,
        plan,
        rule=can_speak,
        open_in=ISSUED,
        form=form,
        act=lambda: add_rebuttal(
            actor=request.member, plan=plan, body=form.cleaned_data["body"], document=form.answered_document()
        ),
        done=gettext_lazy("Your rebuttal is attached for good."),
        template="pips/voice_rebuttal.html",
        fragment="voice",
    )


@_ask_or_act
def challenge(request: TenantRequest, plan_id: int, expectation_id: int) -> HttpResponse:
    """Ask for a check of a figure."""
    plan = plan_for(request.member, plan_id)
    expectation = next((one for one in plan.expectations.all() if one.pk == expectation_id), None)
    if expectation is None:
        raise Http404
    readings = _readings(plan, expectation)
    form = ChallengeForm(handed_in(request), choices=_figures(plan, expectation, readings))
    return take_step(
        request,
        plan,
        rule=can_challenge,
        open_in=RUNNING,
        form=form,
        act=lambda: challenge_reading(
            actor=request.member,
            expectation=expectation,
            words=form.cleaned_data["words"],
            reading=form.reading(readings),
        ),
        done=gettext_lazy("HR checks the figure. Until then nothing is held against you on it."),
        template="pips/data_check_new.html",
        context={"expectation": expectation},
        fragment="voice",
    )


def _readings(plan: Plan, expectation: Expectation) -> list[MilestoneReading]:
    return [
        reading
        for milestone in reversed(list(plan.milestones.all()))
        for reading in milestone.readings.all()
        if reading.expectation_id == expectation.pk and reading.value is not None
    ]


def _figures(plan: Plan, expectation: Expectation, readings: list[MilestoneReading]) -> list[tuple[str, str]]:
    """Return the figures that can be challenged: the recorded ones, and what the metric says today."""
    days = {milestone.pk: milestone.day for milestone in plan.milestones.all()}
    figures = [
        (
            str(reading.pk),
            _("Day %(day)d: %(value)s")
            % {"day": days[reading.milestone_id], "value": quantity(reading.value, expectation.unit)},
        )
        for reading in readings
    ]
    measured = reading_for(expectation, today_for(plan.employee))
    if measured is not None and measured.value is not None:
        words = _("The metric of the last weeks: %(value)s") % {"value": quantity(measured.value, expectation.unit)}
        figures.append((ChallengeForm.LATEST, words))
    return figures


@open_to_guests
@_ask_or_act
def data_check(request: TenantRequest, plan_id: int, check_id: int) -> HttpResponse:
    """Show a check to every reader of the plan, and take HR's answer."""
    plan = plan_for(request.member, plan_id)
    checks = DataCheck.objects.select_related("expectation__metric", "reading__milestone", "answered_by__user")
    check = get_object_or_404(checks, pk=check_id, plan=plan)
    check.plan = plan
    may_answer = can_answer_check(request.member, check)
    form = CheckAnswerForm(handed_in(request) if may_answer else None)
    status = 200
    if request.method == "POST" and may_answer:
        answer = attempt(request, form, lambda: _answer(request, plan, check, form), done=_("Answered."))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {"plan": plan, "check": check, "form": form, "may_answer": may_answer}
    return render(request, "pips/data_check.html", context, status=status)


def _answer(request: TenantRequest, plan: Plan, check: DataCheck, form: CheckAnswerForm) -> str:
    answer_check(
        actor=request.member,
        check=check,
        answer=form.cleaned_data["answer"],
        corrected_value=form.cleaned_data["corrected_value"],
    )
    return plan_url(request, plan, fragment="voice")
