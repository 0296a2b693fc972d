"""The addresses of the shell and the public pages; the assessment brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from homeport.web.views import health, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.landing, name="landing"),
    path("health/", health.health, name="health"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("gallery/", pages.gallery, name="gallery"),
]
if find_spec("homeport.web.visitor.urls"):
    urlpatterns.append(path("", include("homeport.web.visitor.urls")))
