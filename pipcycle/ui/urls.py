"""Addresses of the search page and, in a demo, of the component gallery."""

from django.conf import settings
from django.urls import path

from pipcycle.ui import views

urlpatterns = [path("o/<slug:organization_slug>/search/", views.search, name="search")]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("gallery/", views.gallery, name="gallery"))
