"""Addresses outside any organization."""

from django.urls import path

from documents.views import sealed

urlpatterns = [path("verify/<uuid:document_id>/", sealed.verify_document, name="verify_document")]
