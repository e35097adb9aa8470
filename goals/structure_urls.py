"""Addresses of cycles, objectives, templates and of many goals at once."""

from django.urls import path

from goals.views import cycles, lists, objectives, row, starting, templates

cycle_urls = [
    path("cycles/", cycles.cycle_list, name="cycle_list"),
    path("cycles/new/", cycles.cycle_new, name="cycle_new"),
    path("cycles/<int:cycle_id>/", cycles.cycle, name="cycle"),
    path("cycles/<int:cycle_id>/change/", cycles.cycle_change, name="cycle_change"),
    path("cycles/<int:cycle_id>/freeze/", cycles.cycle_freeze, name="cycle_freeze"),
    path("cycles/<int:cycle_id>/reopening/", cycles.cycle_reopen, name="cycle_reopen"),
    path("cycles/<int:cycle_id>/archive/", cycles.cycle_archive, name="cycle_archive"),
    path("cycles/<int:cycle_id>/copying/", starting.copying, name="copying"),
]
objective_urls = [
    path("objectives/", objectives.objective_tree, name="objective_tree"),
    path("objectives/new/", objectives.objective_new, name="objective_new"),
    path("objectives/<int:objective_id>/", objectives.objective, name="objective"),
    path("objectives/<int:objective_id>/change/", objectives.objective_change, name="objective_change"),
    path("objectives/<int:objective_id>/removal/", objectives.objective_removal, name="objective_removal"),
]
template_urls = [
    path("templates/", templates.template_list, name="template_list"),
    path("templates/new/", templates.template_new, name="template_new"),
    path("templates/usual/", templates.template_presets, name="template_presets"),
    path("templates/<int:template_id>/", templates.template_change, name="template_change"),
    path("templates/<int:template_id>/deletion/", templates.template_deletion, name="template_deletion"),
    path("templates/<int:template_id>/goals/", starting.team_goals, name="team_goals"),
]
list_urls = [
    path("", lists.goal_list, name="goal_list"),
    path("export/", lists.goal_export, name="goal_export"),
    path("<int:goal_id>/row/", row.goal_row, name="goal_row"),
]
