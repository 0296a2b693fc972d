"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from homeport.scheduling.views import change, feed, link, mine, reminders, times, waiting

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/reminders/", reminders.mine, name="reminder-times"),
    path("appointments/", mine.appointments, name="appointments"),
    path("appointments/<uuid:appointment_id>/", mine.appointment, name="appointment"),
    path("appointments/<uuid:appointment_id>/answer/", mine.answer, name="appointment-answer"),
    path("appointments/<uuid:appointment_id>/move/", change.move, name="appointment-move"),
    path("appointments/<uuid:appointment_id>/cancel/", change.cancel, name="appointment-cancel"),
    path("appointments/times/<uuid:case_id>/", times.times, name="appointment-times"),
    path("appointments/times/<uuid:case_id>/<uuid:hold_id>/", times.keep, name="appointment-keep"),
    path("appointments/times/<uuid:case_id>/<uuid:hold_id>/drop/", times.drop, name="appointment-drop"),
    path("appointments/wait/<uuid:case_id>/", waiting.wait, name="appointment-wait"),
    path("appointments/waiting/<uuid:waiting_id>/leave/", waiting.leave, name="waiting-leave"),
    path("appointments/calendar/", feed.settings_page, name="calendar-feed"),
    path("appointments/calendar/drop/", feed.drop, name="calendar-feed-drop"),
    path("calendar/<str:secret>.ics", feed.file, name="calendar-file"),
    path("time/<slug:act>/<str:token>/", link.link, name="appointment-link"),
    path("practice/reminders/", reminders.practice, name="practice-reminders"),
]
