"""Addresses of the development room, under ``/o/<org>/development/``; one module a subject."""

from django.urls import URLPattern

from development.career_urls import career_urls
from development.learning_urls import learning_urls
from development.plan_urls import plan_urls

app_name = "development"

urlpatterns: list[URLPattern] = [*plan_urls, *career_urls, *learning_urls]
