"""PIPCycle: settings, urls, Celery, tenancy, the base model and the UI components."""

from pipcycle.celery import app as celery_app

__all__ = ["celery_app"]
