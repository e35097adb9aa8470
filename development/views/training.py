"""The catalogue of courses, and the pages HR keeps it with."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from development import learning_rules as rules
from development.filters import CourseFilter, ordered_courses
from development.forms.training import CompletionsFileForm, CourseForm, EnrolForm, RequirementForm
from development.models import RequiredTraining, TrainingCourse
from development.selectors.training import courses, enrolments_of, waiting_for, with_competencies
from development.services.completions import MOST_BYTES, import_completions
from development.services.training import drop_requirement, enrol, require_course, save_course
from people.addresses import portal_url
from people.asking import UNPROCESSABLE, ask, ask_or_act, attempt, handed_in
from people.http import TenantRequest, wants_part
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by
from pipcycle.errors import DomainError
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 25


@require_safe
def catalogue(request: TenantRequest) -> HttpResponse:
    """Show the courses on offer, narrowed and ordered as asked, and above them what is the member's own."""
    redirection = remembered_query(request, key=f"courses:{request.organization.pk}")
    if redirection is not None:
        return redirection
    own, keeps = employee_of(request.member), rules.can_keep_catalogue(request.member)
    chosen = CourseFilter(request.GET, queryset=courses(with_former=keeps), request=request)
    found = ordered_courses(chosen.qs, request.GET.get("sort", ""))
    page = page_of(found, number=request.GET.get("page"), size=PAGE_SIZE, load=with_competencies)
    context = {
        "own": own,
        "page": page,
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in CourseFilter.base_filters),
        "enrolments": list(enrolments_of(own)[:PAGE_SIZE]) if own is not None else [],
        "waiting": list(waiting_for(own)) if own is not None else [],
        "can_keep": keeps,
        "sees_coverage": rules.can_see_coverage(request.member),
    }
    part = "#results" if wants_part(request) else ""
    response = render(request, f"development/training/catalogue.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def course(request: TenantRequest, course_id: int) -> HttpResponse:
    """Show a course: what it is, and how to get a place."""
    return render(request, "development/training/course.html", _course_context(request, _course(course_id)))


def _course(course_id: int) -> TrainingCourse:
    found: TrainingCourse = get_object_or_404(
        TrainingCourse.objects.select_related("organization").prefetch_related("teaches__competency"), pk=course_id
    )
    return found


def _course_context(request: TenantRequest, shown: TrainingCourse, **more: Any) -> dict[str, Any]:
    person = _person(request)
    keeps = rules.can_keep_catalogue(request.member)
    return {
        "course": shown,
        "person": person,
        "is_own": person is not None and rules.is_own(request.member, person),
        "own_enrolments": list(enrolments_of(person).filter(course=shown)) if person is not None else [],
        "can_enrol": person is not None and shown.is_offered and rules.can_enrol(request.member, person),
        "form": EnrolForm(),
        "can_keep": keeps,
        "required": list(shown.required_by.select_related("job").order_by("job__name")),
        "requirement": RequirementForm() if keeps else None,
        **more,
    }


def _person(request: TenantRequest) -> Employee | None:
    """Return for whom a place is asked: somebody named in the address whom the member follows, else the member."""
    wanted = request.GET.get("employee", "")
    if not wanted:
        return employee_of(request.member)
    key = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
    people = employees_followed_by(request.member).select_related("manager__location", "organization")
    found: Employee = get_object_or_404(people, pk=key)
    return found


@require_POST
def enrolment_new(request: TenantRequest, course_id: int) -> HttpResponse:
    """Ask for a place in the course."""
    shown, person = _course(course_id), _person(request)
    if person is None:
        raise PermissionDenied
    form = EnrolForm(request.POST)

    def act() -> str:
        place = enrol(actor=request.member, employee=person, course=shown, purpose=form.cleaned_data["purpose"])
        return portal_url(request.organization, "development:enrolment", enrolment_id=place.pk)

    answer = attempt(request, form, act, done=_("The place is on record. Its status stands below."))
    if isinstance(answer, HttpResponse):
        return answer
    context = _course_context(request, shown, form=form)
    return render(request, "development/training/course.html", context, status=answer)


@ask_or_act
def course_new(request: TenantRequest) -> HttpResponse:
    """Write a course into the catalogue."""
    return _write(request, None)


@ask_or_act
def course_edit(request: TenantRequest, course_id: int) -> HttpResponse:
    """Change a course."""
    return _write(request, _course(course_id))


def _write(request: TenantRequest, shown: TrainingCourse | None) -> HttpResponse:
    _require_keeper(request.member)
    form = CourseForm(handed_in(request), course=shown)

    def act() -> str:
        saved = save_course(actor=request.member, facts=form.facts(), course=shown)
        return portal_url(request.organization, "development:course", course_id=saved.pk)

    return ask(
        request,
        form,
        act=act,
        done=_("The course is in the catalogue."),
        template="development/training/course_form.html",
        context={"course": shown},
    )


@require_POST
def requirement_new(request: TenantRequest, course_id: int) -> HttpResponse:
    """Say that a job needs the course."""
    _require_keeper(request.member)
    shown, form = _course(course_id), RequirementForm(request.POST)
    if not form.is_valid():
        context = _course_context(request, shown, requirement=form)
        return render(request, "development/training/course.html", context, status=UNPROCESSABLE)
    require_course(actor=request.member, course=shown, job=form.cleaned_data["job"])
    messages.success(request, _("The job needs this course now. The coverage shows who has it."))
    return redirect(portal_url(request.organization, "development:course", course_id=shown.pk))


@require_POST
def requirement_removal(request: TenantRequest, required_id: int) -> HttpResponse:
    """Say that a job does not need the course any more."""
    _require_keeper(request.member)
    required = get_object_or_404(RequiredTraining, pk=required_id)
    drop_requirement(actor=request.member, required=required)
    messages.success(request, _("The job does not need this course any more."))
    return redirect(portal_url(request.organization, "development:course", course_id=required.course_id))


@ask_or_act
def completions(request: TenantRequest) -> HttpResponse:
    """Take in a file of completions and say of every row that was not kept why."""
    _require_keeper(request.member)
    form = CompletionsFileForm(handed_in(request), request.FILES or None)
    report, status = None, 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            content = form.cleaned_data["file"].read(MOST_BYTES + 1)
            try:
                report = import_completions(actor=request.member, content=content)
                status = 200
            except DomainError as refusal:
                form.add_error("file", str(refusal))
    context = {"form": form, "report": report}
    return render(request, "development/training/completions.html", context, status=status)


def _require_keeper(member: Membership) -> None:
    if not rules.can_keep_catalogue(member):
        raise PermissionDenied
