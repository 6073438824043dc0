"""Addresses of signing in."""

from django.urls import path

from safeboard.foundation.signing_in import demo

app_name = "signing_in"
urlpatterns = [
    path("demo/<str:token>/", demo.follow, name="demo"),
]
