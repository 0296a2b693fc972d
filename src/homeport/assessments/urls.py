"""The addresses of this room. Those that a client sees say nothing of what is asked there."""

from django.urls import path

from homeport.assessments.views import asked, came_in, question

urlpatterns = [
    path("asked/", asked.waiting_for_me, name="asked"),
    path("asked/<uuid:assignment_id>/", asked.start, name="asked-start"),
    path("asked/<uuid:assignment_id>/<int:number>/", question.question, name="asked-question"),
    path("asked/<uuid:assignment_id>/<int:number>/support/", question.support, name="asked-support"),
    path("asked/<uuid:assignment_id>/send/", asked.send, name="asked-send"),
    path("asked/<uuid:assignment_id>/sent/", asked.sent, name="asked-sent"),
    path("asked/<uuid:assignment_id>/answers/", came_in.answers, name="came-in-answers"),
    path("asked/<uuid:assignment_id>/take-back/", came_in.take_back, name="asked-take-back"),
    path("cases/<uuid:case_id>/came-in/", came_in.came_in, name="came-in"),
    path("cases/<uuid:case_id>/came-in/ask/", came_in.ask, name="came-in-ask"),
]
