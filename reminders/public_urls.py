"""Addresses outside any organization."""

from django.urls import path

from reminders.views.calendar import calendar_feed

urlpatterns = [path("calendar/<str:secret>.ics", calendar_feed, name="calendar_feed")]
