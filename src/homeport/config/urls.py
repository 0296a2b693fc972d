"""The address table: each room brings its own."""

from django.conf import settings
from django.urls import include, path

from homeport.web.views import keep_result

urlpatterns = [
    path("account/keep-result/", keep_result.keep, name="account-keep-result"),
    path("", include("homeport.web.practice.urls")),
    path("", include("homeport.web.together.urls")),
    path("", include("homeport.web.beginnings.urls")),
    path("account/", include("homeport.people.own_urls")),
    path("", include("homeport.interop.urls")),
    path("account/", include("homeport.accounts.urls")),
    path("", include("homeport.access.urls")),
    path("", include("homeport.outbox.urls")),
    path("", include("homeport.safety.urls")),
    path("", include("homeport.assessments.urls")),
    path("", include("homeport.scheduling.urls")),
    path("", include("homeport.directory.urls")),
    path("", include("homeport.encounters.urls")),
    path("", include("homeport.exercises.urls")),
    path("", include("homeport.web.own_urls")),
    path("", include("homeport.web.urls")),
]

if settings.DEMO:
    urlpatterns += [path("", include("homeport.config.demo.urls"))]

handler400 = "homeport.web.views.errors.bad_request"
handler403 = "homeport.web.views.errors.forbidden"
handler404 = "homeport.web.views.errors.not_found"
handler500 = "homeport.web.views.errors.server_error"
