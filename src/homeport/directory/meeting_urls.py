"""The addresses of matching, requests and fit. Nothing that anybody wishes, asks or answers is ever in one of them."""

from django.urls import URLPattern, URLResolver, path

from homeport.directory.views import match

urlpatterns: list[URLPattern | URLResolver] = [
    path("match/", match.match, name="match"),
]
