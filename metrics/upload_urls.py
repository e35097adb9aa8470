"""Addresses of what is handed in: uploads, batches, tokens of the API."""

from django.urls import path

from metrics.views import batches, tokens, uploads

upload_urls = [
    path("uploads/", uploads.upload_list, name="upload_list"),
    path("uploads/<int:batch_id>/", uploads.upload_detail, name="upload_detail"),
    path("uploads/<int:batch_id>/columns/", uploads.upload_columns, name="upload_columns"),
    path("uploads/<int:batch_id>/application/", uploads.upload_application, name="upload_application"),
    path("uploads/<int:batch_id>/removal/", uploads.upload_removal, name="upload_removal"),
    path("uploads/<int:batch_id>/report.csv", uploads.upload_report, name="upload_report"),
]

batch_urls = [
    path("batches/", batches.batch_list, name="batch_list"),
    path("batches/export/", batches.batch_export, name="batch_export"),
    path("batches/<int:batch_id>/", batches.batch, name="batch"),
    path("batches/<int:batch_id>/taking-back/", batches.batch_taking_back, name="batch_taking_back"),
]

token_urls = [
    path("tokens/", tokens.token_list, name="token_list"),
    path("tokens/new/", tokens.token_new, name="token_new"),
    path("tokens/<int:token_id>/revocation/", tokens.token_revocation, name="token_revocation"),
]
