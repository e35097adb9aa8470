"""Addresses of the feedback room, under the organization."""

from django.urls import URLPattern

from feedback.check_in_urls import check_in_urls
from feedback.note_urls import note_urls, recognition_urls

app_name = "feedback"

urlpatterns: list[URLPattern] = [*check_in_urls, *note_urls, *recognition_urls]
