"""Addresses of training and mentorship."""

from django.urls import path

from development.views import enrolments, mentorship, training

learning_urls = [
    path("training/", training.catalogue, name="training"),
    path("training/coverage/", enrolments.coverage, name="coverage"),
    path("training/coverage/export/", enrolments.coverage_export, name="coverage_export"),
    path("training/completions/", training.completions, name="completions"),
    path("training/courses/new/", training.course_new, name="course_new"),
    path("training/courses/<int:course_id>/", training.course, name="course"),
    path("training/courses/<int:course_id>/change/", training.course_edit, name="course_edit"),
    path("training/courses/<int:course_id>/enrolment/", training.enrolment_new, name="enrolment_new"),
    path("training/courses/<int:course_id>/jobs/", training.requirement_new, name="requirement_new"),
    path("training/required/<int:required_id>/removal/", training.requirement_removal, name="requirement_removal"),
    path("training/enrolments/<int:enrolment_id>/", enrolments.enrolment, name="enrolment"),
    path("training/enrolments/<int:enrolment_id>/answer/", enrolments.enrolment_answer, name="enrolment_answer"),
    path(
        "training/enrolments/<int:enrolment_id>/completion/",
        enrolments.enrolment_completion,
        name="enrolment_completion",
    ),
    path(
        "training/enrolments/<int:enrolment_id>/cancellation/",
        enrolments.enrolment_cancellation,
        name="enrolment_cancellation",
    ),
    path("training/certificates/<int:certificate_id>/", enrolments.certificate, name="certificate"),
    path("mentors/", mentorship.mentors, name="mentors"),
    path("mentors/profile/", mentorship.profile, name="mentor_profile"),
    path("mentors/overview/", mentorship.overview, name="mentorships"),
    path("mentors/<int:profile_id>/request/", mentorship.request_new, name="mentor_request"),
    path("mentorships/<int:mentorship_id>/", mentorship.mentorship, name="mentorship"),
    path("mentorships/<int:mentorship_id>/answer/", mentorship.mentorship_answer, name="mentorship_answer"),
    path("mentorships/<int:mentorship_id>/withdrawal/", mentorship.mentorship_withdrawal, name="mentorship_withdrawal"),
    path("mentorships/<int:mentorship_id>/goals/", mentorship.mentorship_goals, name="mentorship_goals"),
    path("mentorships/<int:mentorship_id>/sessions/", mentorship.mentorship_session, name="mentorship_session"),
    path("mentorships/<int:mentorship_id>/closing/", mentorship.mentorship_closing, name="mentorship_closing"),
]
