"""The addresses of this room."""

from django.urls import path

from homeport.encounters.views import note_releasing, note_writing, notes

urlpatterns = [
    path("cases/<uuid:case_id>/notes/write/", note_writing.write, name="note-write"),
    path("notes/<uuid:note_id>/", notes.note, name="note"),
    path("notes/<uuid:note_id>/change/", note_writing.change, name="note-change"),
    path("notes/<uuid:note_id>/sign/", note_writing.sign, name="note-sign"),
    path("notes/<uuid:note_id>/add/", notes.add, name="note-add"),
    path("notes/<uuid:note_id>/release/", note_releasing.release, name="note-release"),
    path("notes/<uuid:note_id>/withdraw/", note_releasing.withdraw, name="note-withdraw"),
]
