"""The addresses of one's own sign-in: ours, and allauth's."""

from django.urls import include, path

from homeport.accounts.views import devices, draft, held_result, overview

urlpatterns = [
    path("", overview.overview, name="account"),
    path("devices/", devices.devices, name="account-devices"),
    path("kept/<uuid:draft_id>/", draft.draft, name="account-draft"),
    path("drop-result/", held_result.drop, name="account-drop-result"),
    path("", include("allauth.account.urls")),
    path("two-steps/", include("allauth.mfa.urls")),
]
