"""Addresses of the pips room, under the organization. Steps are nouns: a page that asks and a POST that does."""

from django.urls import path

from pips.views import detail, draft, due, lists, new, progress, steps

app_name = "pips"
urlpatterns = [
    path("", lists.plan_list, name="plan_list"),
    path("export/", lists.plan_export, name="plan_export"),
    path("due/<str:about_type>/<int:about_id>/", due.due, name="due"),
    path("new/", new.plan_new, name="plan_new"),
    path("<int:plan_id>/", detail.plan_detail, name="plan_detail"),
    path("<int:plan_id>/draft/", draft.plan_edit, name="plan_edit"),
    path("<int:plan_id>/submission/", steps.submission, name="plan_submission"),
    path("<int:plan_id>/review/", steps.review, name="plan_review"),
    path("<int:plan_id>/issue/", steps.issue, name="plan_issue"),
    path("<int:plan_id>/acknowledgement/", steps.acknowledgement, name="plan_acknowledgement"),
    path("<int:plan_id>/outcome/", steps.outcome, name="plan_outcome"),
    path("<int:plan_id>/closure/", steps.closure, name="plan_closure"),
    path("<int:plan_id>/discard/", steps.discard, name="plan_discard"),
    path("<int:plan_id>/check-ins/<int:check_in_id>/", progress.check_in, name="check_in"),
    path("<int:plan_id>/milestones/<int:milestone_id>/", progress.milestone, name="milestone"),
    path("<int:plan_id>/support/<int:commitment_id>/", progress.support, name="support"),
    path("<int:plan_id>/follow-ups/<int:follow_up_id>/", progress.follow_up, name="follow_up"),
]
