"""The addresses of this room."""

from django.urls import path

from homeport.access.views import emergency

urlpatterns = [
    path("emergency/", emergency.break_the_glass, name="break-glass"),
    path("emergencies/", emergency.emergencies, name="emergencies"),
    path("emergencies/<uuid:broken_id>/seen/", emergency.acknowledge, name="emergency-seen"),
]
