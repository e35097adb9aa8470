"""Addresses of the goals room, under the organization."""

from django.urls import URLPattern

app_name = "goals"
urlpatterns: list[URLPattern] = []
