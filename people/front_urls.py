"""Addresses outside any organization."""

from django.urls import path

from people.views import front

urlpatterns = [
    path("", front.front_door, name="front_door"),
    path("administration/", front.choose_administration, name="choose_administration"),
]
