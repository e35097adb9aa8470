"""Addresses of the reminders room, under the organization."""

from django.urls import path

from reminders.views.home import home
from reminders.views.mail import mail

app_name = "reminders"
urlpatterns = [
    path("", home, name="home"),
    path("settings/mail/", mail, name="mail"),
]
