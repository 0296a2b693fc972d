"""The addresses of this room."""

from django.urls import path

from homeport.outbox.views import unreached

urlpatterns = [
    path("practice/not-reached/", unreached.unreached, name="unreached"),
    path("practice/not-reached/<uuid:message_id>/seen/", unreached.seen, name="unreached-seen"),
]
