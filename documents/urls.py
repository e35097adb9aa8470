"""Addresses of the documents room, under the organization."""

from django.urls import URLPattern

app_name = "documents"
urlpatterns: list[URLPattern] = []
