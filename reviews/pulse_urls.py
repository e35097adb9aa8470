"""Addresses of pulses and exit interviews, below those of the room."""

from django.urls import path

from reviews.views import exits, pulse

urlpatterns = [
    path("pulses/", pulse.pulse_list, name="pulse_list"),
    path("pulses/new/", pulse.pulse_new, name="pulse_new"),
    path("pulses/<int:survey_id>/", pulse.pulse, name="pulse"),
    path("pulses/<int:survey_id>/end/", pulse.pulse_end, name="pulse_end"),
    path("pulses/rounds/<int:round_id>/", pulse.pulse_answer, name="pulse_answer"),
    path("exits/", exits.exit_list, name="exit_list"),
    path("exits/<int:exit_id>/", exits.exit_interview, name="exit"),
]
