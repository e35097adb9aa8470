"""Addresses of pulses and exit interviews, below those of the room."""

from django.urls import path

from reviews.views import exits, pulse

urlpatterns = [
    path("pulses/", pulse.pulse_list, name="pulse_list"),
    path("pulses/new/", pulse.pulse_new, name="pulse_new"),
    path("pulses/<int:survey_id>/", pulse.pulse, name="pulse"),
    path("pulses/<int:survey_id>/export/", pulse.pulse_export, name="pulse_export"),
    path("pulses/<int:survey_id>/change/", pulse.pulse_change, name="pulse_change"),
    path("pulses/<int:survey_id>/discard/", pulse.pulse_discard, name="pulse_discard"),
    path("pulses/<int:survey_id>/end/", pulse.pulse_end, name="pulse_end"),
    path("pulses/rounds/<int:round_id>/", pulse.pulse_answer, name="pulse_answer"),
    path("exits/", exits.exit_list, name="exit_list"),
    path("exits/<int:exit_id>/", exits.exit_interview, name="exit"),
]
