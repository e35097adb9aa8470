"""Addresses outside any organization."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
