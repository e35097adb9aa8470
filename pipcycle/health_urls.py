"""Addresses for whoever watches the process."""

from django.urls import path

from pipcycle import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
