"""Addresses of the reminders room, under the organization."""

from django.urls import path

from reminders.views import calendar
from reminders.views.home import home
from reminders.views.mail import mail

app_name = "reminders"
urlpatterns = [
    path("", home, name="home"),
    path("due/<int:obligation_id>/", calendar.due, name="due"),
    path("settings/calendar/", calendar.calendar, name="calendar"),
    path("settings/calendar/address/", calendar.calendar_address, name="calendar_address"),
    path("settings/calendar/revocation/", calendar.calendar_revocation, name="calendar_revocation"),
    path("settings/mail/", mail, name="mail"),
]
