"""Addresses of the people room, under the organization."""

from django.urls import path

from people.views import employees, front, leave

app_name = "people"
urlpatterns = [
    path("", employees.employee_list, name="employee_list"),
    path("export/", employees.employee_export, name="employee_export"),
    path("team/", employees.team, name="team"),
    path("me/", employees.own_profile, name="own_profile"),
    path("administration/", front.administration, name="administration"),
    path("<int:employee_id>/", employees.employee_detail, name="employee_detail"),
    path("<int:employee_id>/leave/new/", leave.leave_new, name="leave_new"),
    path("<int:employee_id>/leave/<int:leave_id>/", leave.leave_change, name="leave_change"),
    path("<int:employee_id>/leave/<int:leave_id>/withdrawal/", leave.leave_withdrawal, name="leave_withdrawal"),
    path("<int:employee_id>/leave/<int:leave_id>/reason/", leave.leave_reason, name="leave_reason"),
]
