"""The addresses of a person's own pages about themselves."""

from django.urls import path

from homeport.people.views import oneself

urlpatterns = [
    path("about-me/", oneself.about_me, name="about-me"),
    path("contact/", oneself.contact, name="contact-wishes"),
]
