"""Addresses outside any organization."""

from django.urls import path

from documents import views

urlpatterns = [path("verify/<uuid:document_id>/", views.verify_document, name="verify_document")]
