"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from homeport.scheduling.views import reminders

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/reminders/", reminders.mine, name="reminder-times"),
    path("practice/reminders/", reminders.practice, name="practice-reminders"),
]
