"""The addresses of this room."""

from django.urls import path

from homeport.exercises.views import journal, journal_sharing

urlpatterns = [
    path("journal/", journal.journal, name="journal"),
    path("journal/write/", journal.write, name="journal-write"),
    path("journal/<uuid:entry_id>/", journal.entry, name="journal-entry"),
    path("journal/<uuid:entry_id>/change/", journal.change, name="journal-change"),
    path("journal/<uuid:entry_id>/share/", journal_sharing.share, name="journal-share"),
    path("journal/<uuid:entry_id>/take-back/", journal_sharing.take_back, name="journal-take-back"),
]
