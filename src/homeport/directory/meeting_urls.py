"""The addresses of matching, requests and fit. Nothing that anybody wishes, asks or answers is ever in one of them."""

from django.urls import URLPattern, URLResolver, path

from homeport.directory.views import answering, ask, asked, assigning, beginning, choosing, fit, match

urlpatterns: list[URLPattern | URLResolver] = [
    path("match/", match.match, name="match"),
    path("therapists/<slug:slug>/ask/", ask.ask, name="ask"),
    path("therapists/<slug:slug>/first-call/", ask.first_call, name="first-call"),
    path("therapists/<slug:slug>/begin/", beginning.begin_with, name="begin-with"),
    path("my-request/", asked.link, name="request-link"),
    path("my-request/mine/", asked.mine, name="my-requests"),
    path("my-request/<uuid:request_id>/take-back/", asked.take_back, name="request-take-back"),
    path("begin/", beginning.begin, name="begin"),
    path("cases/<uuid:case_id>/somebody-else/", beginning.change, name="change-therapist"),
    path("cases/<uuid:case_id>/right-one/", fit.fit, name="fit"),
    path("requests/", answering.requests, name="requests"),
    path("requests/<uuid:request_id>/", answering.one, name="request"),
    path("requests/<uuid:request_id>/answer/", answering.answer, name="request-answer"),
    path("requests/<uuid:request_id>/accept/", answering.accept, name="request-accept"),
    path("requests/<uuid:request_id>/decline/", answering.decline, name="request-decline"),
    path("requests/<uuid:request_id>/pass-on/", answering.give_on, name="request-pass-on"),
    path("requests/<uuid:request_id>/urgency/", answering.urgency, name="request-urgency"),
    path("waiting/", assigning.waiting, name="waiting-people"),
    path("waiting/propose/", assigning.propose, name="assignment-propose"),
    path("waiting/<uuid:request_id>/", choosing.one, name="waiting-person"),
    path("waiting/<uuid:request_id>/choose/", choosing.choose, name="assignment-choose"),
    path("waiting/confirm/", assigning.confirm, name="assignment-confirm"),
]
