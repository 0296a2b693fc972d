"""The addresses of bringing people together in a case."""

from django.urls import path

from homeport.web.together.views import emergency, minor, opening, people

CASE = "cases/<uuid:case_id>/"
ONE = f"{CASE}people/<uuid:participant_id>/"
STANDS = f"{ONE}guardians/<uuid:guardianship_id>/"

urlpatterns = [
    path("cases/new/", opening.new, name="case-open"),
    path(f"{CASE}people/", people.people, name="case-people"),
    path(f"{CASE}people/add/", people.add, name="participant-add"),
    path(f"{CASE}team/join/", people.join, name="team-join"),
    path(f"{CASE}team/<uuid:member_id>/leave/", people.leave, name="team-leave"),
    path(f"{CASE}status/", people.status, name="case-status"),
    path(f"{ONE}end/", people.end, name="participant-end"),
    path(f"{ONE}emergency/", emergency.contact, name="case-emergency-contact"),
    path(f"{ONE}minor/", minor.minor, name="case-minor"),
    path(f"{ONE}minor/alone/", minor.alone, name="consent-alone"),
    path(f"{ONE}minor/consents/<uuid:consent_id>/withdraw/", minor.withdraw, name="consent-withdraw"),
    path(f"{ONE}guardians/add/", minor.guardian, name="guardian-add"),
    path(f"{STANDS}verify/", minor.verify, name="guardianship-verify"),
    path(f"{STANDS}end/", minor.end, name="guardianship-end"),
    path(f"{STANDS}consent/", minor.consent, name="consent-guardian"),
    path(f"{STANDS}narrow/", minor.narrow, name="guardian-narrow"),
    path(f"{ONE}guardians/narrowings/<uuid:narrowing_id>/end/", minor.widen, name="guardian-widen"),
]
