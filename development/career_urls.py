"""Addresses of the ladder of jobs."""

from django.urls import path

from development.views import career

career_urls = [
    path("career/", career.own_career, name="own_career"),
    path("career/<int:employee_id>/", career.career, name="career"),
    path("career/<int:employee_id>/<int:job_id>/", career.career_job, name="career_job"),
    path("career/<int:employee_id>/<int:job_id>/aim/", career.aim, name="aim"),
    path("ladder/", career.ladder, name="ladder"),
    path("ladder/<int:step_id>/removal/", career.ladder_removal, name="ladder_removal"),
]
