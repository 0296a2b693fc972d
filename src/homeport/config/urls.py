"""The address table: each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("homeport.web.urls")),
]

handler400 = "homeport.web.views.errors.bad_request"
handler403 = "homeport.web.views.errors.forbidden"
handler404 = "homeport.web.views.errors.not_found"
handler500 = "homeport.web.views.errors.server_error"
