"""Addresses of the metrics room, under the organization."""

from django.urls import path

from metrics.views import definitions

app_name = "metrics"

definition_urls = [
    path("definitions/", definitions.definition_list, name="definition_list"),
    path("definitions/new/", definitions.definition_new, name="definition_new"),
    path("definitions/<int:metric_id>/", definitions.definition, name="definition"),
    path("definitions/<int:metric_id>/change/", definitions.definition_change, name="definition_change"),
    path("definitions/<int:metric_id>/targets/", definitions.definition_targets, name="definition_targets"),
    path("definitions/<int:metric_id>/use/", definitions.definition_use, name="definition_use"),
]

urlpatterns = [*definition_urls]
