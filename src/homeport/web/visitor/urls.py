"""The addresses of the assessment."""

from django.urls import path

from homeport.web.views import check, check_give, check_result

urlpatterns = [
    path("check/", check.start, name="check-start"),
    path("check/question/", check.question, name="check-question"),
    path("check/result/", check_result.result, name="check-result"),
    path("check/keep/", check_result.keep, name="check-keep"),
    path("check/give/", check_give.give_answers, name="check-give"),
    path("what-now/", check_result.what_now, name="what-now"),
]
