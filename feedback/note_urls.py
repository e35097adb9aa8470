"""Addresses of feedback notes, of questions and of recognition."""

from django.urls import path

from feedback.views import note_detail, note_lists, note_writing, recognition, recognition_settings, requests

note_urls = [
    path("feedback/", note_lists.note_list, name="note_list"),
    path("feedback/export/", note_lists.note_export, name="note_export"),
    path("feedback/give/", note_writing.note_new, name="note_new"),
    path("feedback/words/", note_writing.words, name="words"),
    path("feedback/ask/", requests.request_new, name="request_new"),
    path("feedback/questions/<int:request_id>/", requests.request_detail, name="request"),
    path("feedback/questions/<int:request_id>/answer/", note_writing.request_answer, name="request_answer"),
    path("feedback/questions/<int:request_id>/declining/", requests.request_declining, name="request_declining"),
    path("feedback/questions/<int:request_id>/withdrawal/", requests.request_withdrawal, name="request_withdrawal"),
    path("feedback/<int:note_id>/", note_detail.note, name="note"),
    path("feedback/<int:note_id>/correction/", note_detail.note_correction, name="note_correction"),
    path("feedback/<int:note_id>/withdrawal/", note_detail.note_withdrawal, name="note_withdrawal"),
    path("feedback/<int:note_id>/reply/", note_detail.note_reply, name="note_reply"),
    path("feedback/<int:note_id>/file/", note_detail.note_file, name="note_file"),
    path("feedback/<int:note_id>/showing/", note_detail.note_showing, name="note_showing"),
]
recognition_urls = [
    path("recognition/", recognition.recognition_home, name="recognition_home"),
    path("recognition/give/", recognition.recognition_new, name="recognition_new"),
    path("recognition/teams/<int:manager_id>/", recognition.wall, name="wall"),
    path("recognition/teams/<int:manager_id>/opening/", recognition.wall_opening, name="wall_opening"),
    path(
        "recognition/<int:recognition_id>/withdrawal/",
        recognition.recognition_withdrawal,
        name="recognition_withdrawal",
    ),
    path("recognition/appearing/", recognition_settings.appearing, name="appearing"),
    path("recognition/values/", recognition_settings.value_list, name="value_list"),
    path("recognition/values/new/", recognition_settings.value_new, name="value_new"),
    path("recognition/values/<int:value_id>/", recognition_settings.value_change, name="value_change"),
    path("recognition/walls/", recognition_settings.walls_for_all, name="walls_for_all"),
]
