"""Addresses of changes of an issued plan."""

from django.urls import path

from pips.views import amendments

urlpatterns = [
    path("<int:plan_id>/amendments/new/", amendments.amendment_new, name="amendment_new"),
    path("<int:plan_id>/amendments/<int:amendment_id>/", amendments.amendment, name="amendment"),
    path("<int:plan_id>/amendments/<int:amendment_id>/review/", amendments.amendment_review, name="amendment_review"),
    path(
        "<int:plan_id>/amendments/<int:amendment_id>/withdrawal/",
        amendments.amendment_withdrawal,
        name="amendment_withdrawal",
    ),
    path("<int:plan_id>/extension/", amendments.extension, name="plan_extension"),
    path("<int:plan_id>/after-leave/<int:proposal_id>/", amendments.leave_proposal, name="leave_proposal"),
]
