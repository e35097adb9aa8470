"""Addresses of the documents room, under the organization."""

from django.urls import path

from documents.evidence import views as evidence
from documents.views import sealed, templates

app_name = "documents"
urlpatterns = [
    path("<uuid:document_id>/", sealed.document_download, name="document_download"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/<int:template_id>/", templates.template_detail, name="template_detail"),
    path("templates/<int:template_id>/draft/", templates.template_edit, name="template_edit"),
    path("templates/<int:template_id>/preview/", templates.template_preview, name="template_preview"),
    path("templates/<int:template_id>/publication/", templates.template_publication, name="template_publication"),
    path("templates/<int:template_id>/copy/", templates.template_copy, name="template_copy"),
    path("templates/<int:template_id>/offer/", templates.template_offer, name="template_offer"),
    path("evidence/of/<int:employee_id>/", evidence.evidence, name="evidence"),
    path("evidence/<int:bundle_id>/", evidence.bundle, name="bundle"),
    path("evidence/<int:bundle_id>/file/", evidence.bundle_file, name="bundle_file"),
]
