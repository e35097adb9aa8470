"""Addresses of the goals room, under the organization."""

from django.urls import URLPattern, path

from goals.views import coach

app_name = "goals"

coach_urls = [
    path("coach/", coach.coach, name="coach"),
]

urlpatterns: list[URLPattern] = [*coach_urls]
