"""The addresses of this room."""

from django.urls import path

from homeport.interop.views import leaving

urlpatterns = [
    path("account/my-data/", leaving.my_data, name="my-data"),
    path("account/my-data/export/", leaving.export, name="my-data-export"),
    path("account/my-data/erase/", leaving.erase, name="my-data-erase"),
]
