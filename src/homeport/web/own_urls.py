"""The addresses of the pages that show what is in several rooms at once."""

from django.urls import path

from homeport.web.views import agreement, cases, children, home, looked, today

urlpatterns = [
    path("home/", home.home, name="home"),
    path("today/", today.today, name="today"),
    path("children/", children.children, name="children"),
    path("who-looked/", looked.looked, name="who-looked"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/agreement/", agreement.agreement, name="agreement"),
    path("cases/<uuid:case_id>/agreement/sign/", agreement.sign, name="agreement-sign"),
    path("cases/<uuid:case_id>/agreement/propose/", agreement.propose, name="agreement-propose"),
]
