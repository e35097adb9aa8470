"""Addresses of the demo-only pages."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("demo/outbox/", views.outbox_list, name="outbox"),
    path("demo/outbox/<slug:name>/", views.outbox_letter, name="letter"),
    path("demo/outbox/<slug:name>/html/", views.outbox_html, name="letter_html"),
]
