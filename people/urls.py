"""Addresses of the people room, under the organization."""

from django.urls import path

from people.views import case_file, competencies, employees, front, imports, jobs, leave, protected

app_name = "people"

job_urls = [
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/export/", jobs.job_export, name="job_export"),
    path("jobs/new/", jobs.job_new, name="job_new"),
    path("jobs/<int:job_id>/", jobs.job, name="job"),
    path("jobs/<int:job_id>/change/", jobs.job_change, name="job_change"),
    path("competencies/", competencies.competency_list, name="competency_list"),
    path("competencies/new/", competencies.competency_new, name="competency_new"),
    path("competencies/<int:competency_id>/", competencies.competency_change, name="competency_change"),
]

urlpatterns = [
    *job_urls,
    path("", employees.employee_list, name="employee_list"),
    path("export/", employees.employee_export, name="employee_export"),
    path("team/", employees.team, name="team"),
    path("me/", employees.own_profile, name="own_profile"),
    path("administration/", front.administration, name="administration"),
    path("import/", imports.import_list, name="import_list"),
    path("import/<int:batch_id>/", imports.import_detail, name="import_detail"),
    path("import/<int:batch_id>/columns/", imports.import_columns, name="import_columns"),
    path("import/<int:batch_id>/application/", imports.import_application, name="import_application"),
    path("import/<int:batch_id>/removal/", imports.import_removal, name="import_removal"),
    path("import/<int:batch_id>/report.csv", imports.import_report, name="import_report"),
    path("<int:employee_id>/", employees.employee_detail, name="employee_detail"),
    path("<int:employee_id>/case-file/", case_file.case_file, name="case_file"),
    path("<int:employee_id>/case-file/export/", case_file.case_file_export, name="case_file_export"),
    path("<int:employee_id>/protected/", protected.protected_activities, name="protected_activities"),
    path("<int:employee_id>/leave/new/", leave.leave_new, name="leave_new"),
    path("<int:employee_id>/leave/<int:leave_id>/", leave.leave_change, name="leave_change"),
    path("<int:employee_id>/leave/<int:leave_id>/withdrawal/", leave.leave_withdrawal, name="leave_withdrawal"),
    path("<int:employee_id>/leave/<int:leave_id>/reason/", leave.leave_reason, name="leave_reason"),
]
