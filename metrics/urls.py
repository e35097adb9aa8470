"""Addresses of the metrics room, under the organization."""

from django.urls import URLPattern

app_name = "metrics"
urlpatterns: list[URLPattern] = []
