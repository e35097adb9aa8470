"""Addresses of the goals room, under the organization."""

from django.urls import URLPattern, path

from goals.structure_urls import cycle_urls, list_urls, objective_urls, template_urls
from goals.views import answers, coach, detail, progress, revisions, writing

app_name = "goals"

coach_urls = [
    path("coach/", coach.coach, name="coach"),
]
goal_urls = [
    path("new/", writing.goal_new, name="goal_new"),
    path("<int:goal_id>/", detail.goal_detail, name="goal_detail"),
    path("<int:goal_id>/edit/", writing.goal_edit, name="goal_edit"),
    path("<int:goal_id>/words/", writing.goal_words, name="goal_words"),
    path("<int:goal_id>/proposal/", answers.goal_proposal, name="goal_proposal"),
    path("<int:goal_id>/taking-back/", answers.goal_taking_back, name="goal_taking_back"),
    path("<int:goal_id>/answer/", answers.goal_answer, name="goal_answer"),
    path("<int:goal_id>/completion/", answers.goal_completion, name="goal_completion"),
    path("<int:goal_id>/reopening/", answers.goal_reopening, name="goal_reopening"),
    path("<int:goal_id>/cancellation/", answers.goal_cancellation, name="goal_cancellation"),
    path("<int:goal_id>/feedback/", answers.goal_feedback, name="goal_feedback"),
    path("<int:goal_id>/update/", progress.goal_update, name="goal_update"),
    path("<int:goal_id>/milestones/<int:step_id>/", progress.goal_step, name="goal_step"),
    path("<int:goal_id>/revision/", revisions.goal_revision, name="goal_revision"),
    path("<int:goal_id>/revisions/<int:number>/answer/", revisions.revision_answer, name="revision_answer"),
    path("evidence/<int:evidence_id>/", progress.evidence, name="evidence"),
]

urlpatterns: list[URLPattern] = [
    *list_urls,
    *cycle_urls,
    *objective_urls,
    *template_urls,
    *coach_urls,
    *goal_urls,
]
