"""The addresses of the shell and the public pages; the assessment brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from homeport.web.views import crisis, gallery, health, library, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.landing, name="landing"),
    path("health/", health.health, name="health"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("library/", library.index, name="library"),
    path("library/<slug:slug>/", library.article, name="article"),
    path("youth/", library.youth, name="youth"),
    path("youth/<slug:slug>/", library.youth_article, name="youth-article"),
    path("help/", crisis.help_now, name="help-now"),
    path("help/zones.json", crisis.zones, name="help-zones"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("", include("homeport.web.visitor.urls")),
]
