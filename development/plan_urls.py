"""Addresses of development plans and their actions."""

from django.urls import path

from development.views import actions, lists, milestones, plan, steps, writing

plan_urls = [
    path("", lists.own_page, name="mine"),
    path("team/", lists.team_list, name="team"),
    path("team/export/", lists.team_export, name="team_export"),
    path("start/", writing.start, name="start"),
    path("start/goal/<int:goal_id>/", writing.from_goal, name="from_goal"),
    path("start/outcome/<int:plan_id>/", writing.from_outcome, name="from_outcome"),
    path("milestones/", milestones.milestones, name="milestones"),
    path("milestones/<int:plan_id>/", milestones.success, name="success"),
    path("plans/new/", writing.plan_new, name="plan_new"),
    path("plans/<int:plan_id>/", plan.plan, name="plan"),
    path("plans/<int:plan_id>/draft/", writing.plan_edit, name="plan_edit"),
    path("plans/<int:plan_id>/submission/", steps.plan_submission, name="plan_submission"),
    path("plans/<int:plan_id>/taking-back/", steps.plan_taking_back, name="plan_taking_back"),
    path("plans/<int:plan_id>/answer/", steps.plan_answer, name="plan_answer"),
    path("plans/<int:plan_id>/acknowledgement/", steps.plan_acknowledgement, name="plan_acknowledgement"),
    path("plans/<int:plan_id>/closing/", steps.plan_closing, name="plan_closing"),
    path("plans/<int:plan_id>/withdrawal/", steps.plan_withdrawal, name="plan_withdrawal"),
    path("plans/<int:plan_id>/actions/new/", actions.action_new, name="action_new"),
    path("actions/<int:action_id>/", actions.action, name="action"),
    path("actions/evidence/<int:file_id>/", actions.evidence, name="action_evidence"),
    path("actions/<int:action_id>/progress/", actions.action_progress, name="action_progress"),
    path("actions/<int:action_id>/answer/", actions.action_answer, name="action_answer"),
    path("actions/<int:action_id>/ending/", actions.action_ending, name="action_ending"),
]
