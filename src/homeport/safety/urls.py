"""The addresses of this room. Those that a client sees say nothing of what is asked there."""

from django.urls import path

from homeport.safety.views import alerts, hours, questions, screens, triage

urlpatterns = [
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>/", alerts.alert, name="alert"),
    path("alerts/<uuid:alert_id>/in-hand/", alerts.acknowledge, name="alert-acknowledge"),
    path("alerts/<uuid:alert_id>/close/", alerts.close, name="alert-close"),
    path("practice/reading-hours/", hours.hours, name="reading-hours"),
    path("questions/", questions.questions, name="questions"),
    path("cases/<uuid:case_id>/screens/ask/", screens.ask, name="screens-ask"),
    path("cases/<uuid:case_id>/triage/<uuid:person_id>/", triage.new, name="triage-new"),
    path("cases/<uuid:case_id>/triages/<uuid:person_id>/", triage.triages, name="triages"),
    path("triages/<uuid:triage_id>/", triage.triage, name="triage"),
    path("screens/<uuid:screen_id>/", screens.screen, name="screen"),
]
