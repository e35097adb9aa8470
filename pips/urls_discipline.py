"""Addresses of disciplinary actions, under the organization."""

from django.urls import path

from pips.views.discipline import appeals, detail, draft, lists, steps, wording

app_name = "discipline"
urlpatterns = [
    path("", lists.action_list, name="action_list"),
    path("export/", lists.action_export, name="action_export"),
    path("new/", lists.action_new, name="action_new"),
    path("<int:action_id>/", detail.action_detail, name="action_detail"),
    path("<int:action_id>/draft/", draft.action_edit, name="action_edit"),
    path("<int:action_id>/draft/remarks/", wording.action_remark, name="action_remark"),
    path("<int:action_id>/submission/", steps.action_submission, name="action_submission"),
    path("<int:action_id>/review/", steps.action_review, name="action_review"),
    path("<int:action_id>/legal-review/", steps.action_legal_review, name="action_legal_review"),
    path("<int:action_id>/issue/", steps.action_issue, name="action_issue"),
    path("<int:action_id>/acknowledgement/", steps.action_acknowledgement, name="action_acknowledgement"),
    path("<int:action_id>/appeal/", appeals.action_appeal, name="action_appeal"),
    path("<int:action_id>/hearer/", appeals.action_hearer, name="action_hearer"),
    path("<int:action_id>/decision/", appeals.action_decision, name="action_decision"),
    path("<int:action_id>/withdrawal/", steps.action_withdrawal, name="action_withdrawal"),
    path("<int:action_id>/plan/", steps.action_plan, name="action_plan"),
]
