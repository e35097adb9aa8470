"""Addresses of check-ins."""

from django.urls import path

from feedback.views.check_ins import agenda, lists, meeting, notes, series

check_in_urls = [
    path("check-ins/", lists.series_list, name="series_list"),
    path("check-ins/team/", lists.team_list, name="team_check_ins"),
    path("check-ins/export/", lists.series_export, name="series_export"),
    path("check-ins/new/", series.series_new, name="series_new"),
    path("check-ins/private-notes/", notes.private_notes, name="private_notes"),
    path("check-ins/private-notes/export/", notes.private_notes_export, name="private_notes_export"),
    path("check-ins/private-notes/<int:note_id>/erasure/", notes.private_note_erasure, name="private_note_erasure"),
    path("check-ins/<int:series_id>/", series.series, name="series"),
    path("check-ins/<int:series_id>/change/", series.series_change, name="series_change"),
    path("check-ins/<int:series_id>/end/", series.series_end, name="series_end"),
    path("check-ins/<int:series_id>/agenda/", agenda.series_agenda, name="series_agenda"),
    path("check-ins/<int:series_id>/actions/", agenda.series_actions, name="series_actions"),
    path("check-ins/actions/<int:action_id>/", agenda.action, name="action"),
    path("check-ins/meetings/<int:check_in_id>/", meeting.check_in, name="check_in"),
    path("check-ins/meetings/<int:check_in_id>/record/", meeting.check_in_record, name="check_in_record"),
    path("check-ins/meetings/<int:check_in_id>/date/", meeting.check_in_date, name="check_in_date"),
    path("check-ins/meetings/<int:check_in_id>/notes/", notes.check_in_notes, name="check_in_notes"),
    path("check-ins/meetings/<int:check_in_id>/private/", notes.check_in_private, name="check_in_private"),
]
