"""The addresses of what comes before the first session. What a client sees in them says nothing of why they come."""

from django.urls import path

from homeport.web.beginnings.views import before, child_intake, own_intake, signed, team, texts

MINE = "before/<uuid:participant_id>/"
CASE = "cases/<uuid:case_id>/"

urlpatterns = [
    path(MINE, before.before, name="before"),
    path("signed/", signed.everything, name="signed-texts"),
    path("signed/<uuid:signature_id>/", signed.one, name="signed-text"),
    path(f"{MINE}texts/<slug:kind>/", texts.text, name="consent-text"),
    path(f"{MINE}texts/<slug:kind>/sign/", texts.sign, name="consent-sign"),
    path(f"{MINE}texts/<slug:kind>/take-back/", texts.take_back, name="consent-take-back"),
    path(f"{MINE}questions/<slug:section_id>/", own_intake.section, name="intake-section"),
    path(f"{MINE}questions/<slug:section_id>/now/", own_intake.private_way, name="private-way"),
    path(f"{MINE}child/<slug:section_id>/", child_intake.section, name="child-section"),
    path(f"{MINE}child/<slug:section_id>/now/", child_intake.private_way, name="child-private-way"),
    path(f"{CASE}before/", team.overview, name="case-beginnings"),
    path(f"{CASE}format/", team.decide, name="format-decide"),
    path(f"{CASE}met/<uuid:person_id>/", team.met, name="met-alone"),
    path("intakes/<uuid:intake_id>/", team.intake, name="intake"),
    path("intakes/<uuid:intake_id>/read/", team.mark_read, name="intake-read"),
    path("intakes/of-a-child/<uuid:intake_id>/", team.child_intake, name="child-intake"),
    path("intakes/of-a-child/<uuid:intake_id>/read/", team.mark_child_read, name="child-intake-read"),
]
