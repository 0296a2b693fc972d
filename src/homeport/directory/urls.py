"""The addresses of this room. Nothing of what somebody looks for is ever in one of them."""

from django.urls import URLPattern, URLResolver, include, path

from homeport.directory.views import own_profile, search, therapist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("homeport.directory.meeting_urls")),
    path("therapists/", search.therapists, name="therapists"),
    path("therapists/<slug:slug>/", therapist.therapist, name="therapist"),
    path("therapists/<slug:slug>/<slug:size>.webp", therapist.photo, name="therapist-photo"),
    path("work/profile/", own_profile.profile, name="profile"),
    path("work/profile/preview/", own_profile.preview, name="profile-preview"),
    path("work/profile/publish/", own_profile.publish, name="profile-publish"),
    path("work/profile/hide/", own_profile.hide, name="profile-hide"),
    path("work/profile/photo/", own_profile.photo_set, name="profile-photo-set"),
    path("work/profile/photo/drop/", own_profile.photo_drop, name="profile-photo-drop"),
    path("work/profile/photo/<slug:size>.webp", own_profile.photo, name="profile-photo"),
]
