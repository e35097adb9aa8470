"""Addresses of the pips room, under the organization."""

from django.urls import URLPattern

app_name = "pips"
urlpatterns: list[URLPattern] = []
