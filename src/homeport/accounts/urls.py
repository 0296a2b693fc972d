"""The addresses of one's own sign-in: ours, and allauth's."""

from django.urls import include, path

from homeport.accounts.views import devices, draft, overview, waiting

urlpatterns = [
    path("", overview.overview, name="account"),
    path("devices/", devices.devices, name="account-devices"),
    path("kept/<uuid:draft_id>/", draft.draft, name="account-draft"),
    path("let-go/", waiting.drop, name="account-let-go"),
    path("yours/", waiting.yours, name="account-yours"),
    path("", include("allauth.account.urls")),
    path("two-steps/", include("allauth.mfa.urls")),
]
