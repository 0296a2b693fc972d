"""The addresses of this room. Those that a client sees say nothing of what is asked there."""

from django.urls import path

from homeport.assessments.views import asked, came_in, question, sharing

urlpatterns = [
    path("asked/", asked.waiting_for_me, name="asked"),
    path("asked/<uuid:assignment_id>/", asked.start, name="asked-start"),
    path("asked/<uuid:assignment_id>/<int:number>/", question.question, name="asked-question"),
    path("asked/<uuid:assignment_id>/<int:number>/support/", question.support, name="asked-support"),
    path("asked/<uuid:assignment_id>/send/", asked.send, name="asked-send"),
    path("asked/<uuid:assignment_id>/sent/", asked.sent, name="asked-sent"),
    path("asked/<uuid:assignment_id>/answers/", came_in.answers, name="came-in-answers"),
    path("asked/<uuid:assignment_id>/take-back/", came_in.take_back, name="asked-take-back"),
    path("my-answers/", sharing.mine, name="my-measures"),
    path("my-answers/<uuid:assignment_id>/", sharing.one_of_mine, name="my-measure"),
    path("my-answers/<uuid:assignment_id>/share/", sharing.share, name="my-measure-share"),
    path("my-answers/<uuid:assignment_id>/take-back/", sharing.take_back, name="my-measure-take-back"),
    path("opened-to-me/", sharing.opened, name="opened-to-me"),
    path("opened-to-me/<uuid:administration_id>/", sharing.one_opened, name="opened-measure"),
    path("cases/<uuid:case_id>/came-in/", came_in.came_in, name="came-in"),
    path("cases/<uuid:case_id>/came-in/ask/", came_in.ask, name="came-in-ask"),
]
