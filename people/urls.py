"""Addresses of the people room, under the organization."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
