"""All addresses. The apps are named by string: nothing here imports a higher room."""

from django.contrib import admin
from django.urls import include, path

portal = [
    path("", include("reminders.urls")),
    path("people/", include("people.urls")),
    path("goals/", include("goals.urls")),
    path("metrics/", include("metrics.urls")),
    path("", include("feedback.urls")),
    path("plans/", include("pips.urls")),
    path("discipline/", include("pips.urls_discipline")),
    path("development/", include("development.urls")),
    path("reviews/", include("reviews.urls")),
    path("documents/", include("documents.urls")),
]

urlpatterns = [
    path("", include("people.front_urls")),
    path("", include("pipcycle.ui.urls")),
    path("", include("pipcycle.health_urls")),
    path("", include("documents.public_urls")),
    path("", include("reminders.public_urls")),
    path("", include("demo.urls")),
    path("accounts/", include("people.account_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("metrics.api.urls")),
    path("o/<slug:organization_slug>/", include(portal)),
]

handler400 = "pipcycle.ui.errors.bad_request"
handler403 = "pipcycle.ui.errors.permission_denied"
handler404 = "pipcycle.ui.errors.page_not_found"
handler500 = "pipcycle.ui.errors.server_error"
handler429 = "pipcycle.ui.errors.too_many_requests"
