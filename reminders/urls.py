"""Addresses of the reminders room, under the organization."""

from django.urls import path

from reminders.views.home import home

app_name = "reminders"
urlpatterns = [
    path("", home, name="home"),
]
