"""Addresses that exist in the demo practice alone."""

from django.urls import path

from homeport.config.demo import views

urlpatterns = [path("demo/", views.personas, name="demo")]
