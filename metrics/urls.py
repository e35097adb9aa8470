"""Addresses of the metrics room, under the organization."""

from django.urls import path

from metrics.upload_urls import batch_urls, token_urls, upload_urls
from metrics.views import (
    charts,
    definitions,
    groups,
    overview,
    people,
    series,
    signal_steps,
    signals,
    skills,
    team,
    values,
)

app_name = "metrics"

definition_urls = [
    path("definitions/", definitions.definition_list, name="definition_list"),
    path("definitions/new/", definitions.definition_new, name="definition_new"),
    path("definitions/<int:metric_id>/", definitions.definition, name="definition"),
    path("definitions/<int:metric_id>/change/", definitions.definition_change, name="definition_change"),
    path("definitions/<int:metric_id>/targets/", definitions.definition_targets, name="definition_targets"),
    path("definitions/<int:metric_id>/use/", definitions.definition_use, name="definition_use"),
]

figure_urls = [
    path("", overview.overview, name="overview"),
    path("teams/", team.own_team, name="own_team"),
    path("teams/<int:employee_id>/", team.team, name="team"),
    path("teams/<int:employee_id>/export/", team.team_export, name="team_export"),
    path("organization/", groups.organization, name="organization"),
    path("organization/export/", groups.organization_export, name="organization_export"),
    path("organization/<int:metric_id>/", groups.organization_chart, name="organization_chart"),
    path("departments/<int:department_id>/", groups.department, name="department"),
    path("departments/<int:department_id>/<int:metric_id>/", groups.department_chart, name="department_chart"),
]

skill_urls = [
    path("skills/", skills.team_skills, name="team_skills"),
    path("skills/export/", skills.team_skills_export, name="team_skills_export"),
    path("skills/<int:employee_id>/", skills.skills, name="skills"),
    path("skills/<int:employee_id>/rating/", skills.skill_rating, name="skill_rating"),
]

person_urls = [
    path("me/", people.own_figures, name="own_figures"),
    path("people/<int:employee_id>/", people.person, name="person"),
    path("people/<int:employee_id>/<int:metric_id>/", series.series, name="series"),
    path("people/<int:employee_id>/<int:metric_id>/values.csv", series.series_export, name="series_export"),
    path("people/<int:employee_id>/<int:metric_id>/new/", values.value_new, name="value_new"),
    path("people/<int:employee_id>/<int:metric_id>/<str:day>/", values.value_correction, name="value_correction"),
    path("charts/<int:employee_id>/<int:metric_id>/", charts.chart, name="chart"),
]

signal_urls = [
    path("signals/", signals.signal_list, name="signal_list"),
    path("signals/export/", signals.signal_export, name="signal_export"),
    path("signals/<int:signal_id>/", signals.signal, name="signal"),
    path(
        "signals/<int:signal_id>/acknowledgement/", signal_steps.signal_acknowledgement, name="signal_acknowledgement"
    ),
    path("signals/<int:signal_id>/dismissal/", signal_steps.signal_dismissal, name="signal_dismissal"),
    path("signals/<int:signal_id>/shift/", signal_steps.signal_shift, name="signal_shift"),
    path(
        "signals/<int:signal_id>/shift/<int:phase_id>/withdrawal/",
        signal_steps.signal_shift_withdrawal,
        name="signal_shift_withdrawal",
    ),
    path("signals/<int:signal_id>/comment/", signal_steps.signal_comment, name="signal_comment"),
]

urlpatterns = [
    *figure_urls,
    *definition_urls,
    *person_urls,
    *skill_urls,
    *signal_urls,
    *upload_urls,
    *batch_urls,
    *token_urls,
]
