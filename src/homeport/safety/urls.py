"""The addresses of this room. Those that a client sees say nothing of what is asked there."""

from django.urls import path

from homeport.safety.views import questions, screens

urlpatterns = [
    path("questions/", questions.questions, name="questions"),
    path("cases/<uuid:case_id>/screens/ask/", screens.ask, name="screens-ask"),
    path("screens/<uuid:screen_id>/", screens.screen, name="screen"),
]
