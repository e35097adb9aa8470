"""Addresses of the employee's side of a plan."""

from django.urls import path

from pips.views import accommodations, appeals, companions, own_export, support, voice

_VOICE = "<int:plan_id>/voice/"
_SUPPORT = "<int:plan_id>/support/<int:commitment_id>/"

voice_patterns = [
    path(f"{_VOICE}comment/", voice.comment, name="voice_comment"),
    path(f"{_VOICE}rebuttal/", voice.rebuttal, name="voice_rebuttal"),
    path(f"{_VOICE}checks/new/<int:expectation_id>/", voice.challenge, name="data_check_new"),
    path(f"{_VOICE}checks/<int:check_id>/", voice.data_check, name="data_check"),
    path(f"{_VOICE}accommodations/new/", accommodations.accommodation_new, name="accommodation_new"),
    path(f"{_VOICE}accommodations/<int:request_id>/", accommodations.accommodation, name="accommodation"),
    path(f"{_VOICE}companions/new/", companions.companion_new, name="companion_new"),
    path(
        f"{_VOICE}companions/<int:companion_id>/revocation/",
        companions.companion_revocation,
        name="companion_revocation",
    ),
    path(f"{_VOICE}export/", own_export.own_export, name="own_export"),
    path("<int:plan_id>/appeal/", appeals.appeal, name="appeal"),
    path(f"{_SUPPORT}confirmation/", support.confirmation, name="support_confirmation"),
    path(f"{_SUPPORT}resolution/", support.resolution, name="support_resolution"),
]
