"""Addresses of the reviews room, under the organization."""

from django.urls import include, path

from reviews.views import (
    calibration,
    cycle_steps,
    cycles,
    lists,
    own,
    plan_reviews,
    rater_reports,
    raters,
    review,
    writing,
)

app_name = "reviews"

urlpatterns = [
    path("", include("reviews.pulse_urls")),
    path("", own.own, name="own"),
    path("all/", lists.review_list, name="review_list"),
    path("all/export/", lists.review_export, name="review_export"),
    path("<int:review_id>/", review.review, name="review"),
    path("<int:review_id>/sharing/", review.review_sharing, name="review_sharing"),
    path("<int:review_id>/acknowledgement/", review.review_acknowledgement, name="review_acknowledgement"),
    path("<int:review_id>/return/", review.review_return, name="review_return"),
    path("forms/<int:form_id>/", writing.form, name="form"),
    path("forms/<int:form_id>/hand-in/", writing.form_submission, name="form_submission"),
    path("forms/<int:form_id>/kept/<int:kept_id>/", writing.form_kept, name="form_kept"),
    path("plans/<int:plan_id>/follow-ups/<int:follow_up_id>/", plan_reviews.plan_review, name="plan_review"),
    path(
        "plans/look-backs/<int:plan_review_id>/acknowledgement/",
        plan_reviews.plan_review_acknowledgement,
        name="plan_review_acknowledgement",
    ),
    path("<int:review_id>/raters/", raters.review_raters, name="raters"),
    path("raters/<int:rater_id>/", raters.rater_decision, name="rater_decision"),
    path("feedback/<int:form_id>/", raters.rating, name="rating"),
    path("<int:review_id>/feedback/", rater_reports.report, name="rater_report"),
    path("<int:review_id>/feedback/making/", rater_reports.report_making, name="rater_report_making"),
    path("<int:review_id>/feedback/comments/", rater_reports.report_comments, name="rater_report_comments"),
    path("calibration/", calibration.calibrations, name="calibrations"),
    path("calibration/<int:cycle_id>/", calibration.calibration, name="calibration"),
    path("calibration/<int:cycle_id>/export/", calibration.calibration_export, name="calibration_export"),
    path("calibration/<int:cycle_id>/<int:review_id>/", calibration.calibration_review, name="calibration_review"),
    path("cycles/", cycles.cycle_list, name="cycle_list"),
    path("cycles/new/", cycles.cycle_new, name="cycle_new"),
    path("cycles/<int:cycle_id>/", cycles.cycle, name="cycle"),
    path("cycles/<int:cycle_id>/change/", cycles.cycle_change, name="cycle_change"),
    path("cycles/<int:cycle_id>/people/", lists.cycle_people, name="cycle_people"),
    path("cycles/<int:cycle_id>/people/export/", lists.cycle_people_export, name="cycle_people_export"),
    path("cycles/<int:cycle_id>/launch/", cycle_steps.cycle_launch, name="cycle_launch"),
    path("cycles/<int:cycle_id>/dates/", cycle_steps.cycle_dates, name="cycle_dates"),
    path("cycles/<int:cycle_id>/joiners/", cycle_steps.cycle_joiners, name="cycle_joiners"),
    path("cycles/<int:cycle_id>/calibrated/", cycle_steps.cycle_calibrated, name="cycle_calibrated"),
    path("cycles/<int:cycle_id>/close/", cycle_steps.cycle_close, name="cycle_close"),
    path("cycles/<int:cycle_id>/archive/", cycle_steps.cycle_archive, name="cycle_archive"),
    path("cycles/<int:cycle_id>/discard/", cycle_steps.cycle_discard, name="cycle_discard"),
]
