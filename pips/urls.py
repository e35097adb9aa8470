"""Addresses of the pips room, under the organization. Steps are nouns: a page that asks and a POST that does."""

from django.urls import path

from pips import urls_amendments
from pips.urls_voice import voice_patterns
from pips.views import detail, draft, draft_words, due, endings, legal, lists, new, progress, steps, wording

app_name = "pips"
urlpatterns = [
    path("", lists.plan_list, name="plan_list"),
    path("export/", lists.plan_export, name="plan_export"),
    path("due/<str:about_type>/<int:about_id>/", due.due, name="due"),
    path("new/", new.plan_new, name="plan_new"),
    path("hr-reviews/", legal.legal_review_list, name="legal_review_list"),
    path("hr-reviews/<int:review_id>/", legal.legal_review, name="legal_review"),
    path("wording/", wording.wording_check, name="wording_check"),
    path("policy/", legal.plan_policy, name="plan_policy"),
    path("<int:plan_id>/", detail.plan_detail, name="plan_detail"),
    path("<int:plan_id>/draft/", draft.plan_edit, name="plan_edit"),
    path("<int:plan_id>/draft/readiness/", draft.readiness, name="plan_readiness"),
    path("<int:plan_id>/draft/remarks/", wording.remark_aside, name="plan_remark"),
    path("<int:plan_id>/draft/kept/<int:kept_id>/", draft_words.kept_words_page, name="plan_kept_words"),
    path("<int:plan_id>/draft/preview/", draft_words.preview, name="plan_preview"),
    path("<int:plan_id>/draft/preview.pdf", draft_words.preview_pdf, name="plan_preview_pdf"),
    path("<int:plan_id>/draft/<slug:step>/", draft.plan_step, name="plan_step"),
    path("<int:plan_id>/submission/", steps.submission, name="plan_submission"),
    path("<int:plan_id>/review/", steps.review, name="plan_review"),
    path("<int:plan_id>/issue/", steps.issue, name="plan_issue"),
    path("<int:plan_id>/acknowledgement/", steps.acknowledgement, name="plan_acknowledgement"),
    path("<int:plan_id>/outcome/", endings.outcome, name="plan_outcome"),
    path("<int:plan_id>/outcome/receipt/", endings.outcome_receipt, name="outcome_receipt"),
    path("<int:plan_id>/departure/", endings.departure, name="plan_departure"),
    path("<int:plan_id>/discipline/", endings.conversion, name="plan_discipline"),
    path("<int:plan_id>/relapse/", endings.relapse, name="plan_relapse"),
    path("<int:plan_id>/closure/", steps.closure, name="plan_closure"),
    path("<int:plan_id>/discard/", steps.discard, name="plan_discard"),
    path("<int:plan_id>/check-ins/<int:check_in_id>/", progress.check_in, name="check_in"),
    path("<int:plan_id>/milestones/<int:milestone_id>/", progress.milestone, name="milestone"),
    path("<int:plan_id>/support/<int:commitment_id>/", progress.support, name="support"),
    *urls_amendments.urlpatterns,
    *voice_patterns,
]
