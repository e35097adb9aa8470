"""Addresses of the documents room, under the organization."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [path("<uuid:document_id>/", views.document_download, name="document_download")]
