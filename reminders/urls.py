"""Addresses of the reminders room, under the organization."""

from django.urls import URLPattern

app_name = "reminders"
urlpatterns: list[URLPattern] = []
