"""Addresses of this room. They hold keys only."""

from django.urls import path

from safeboard.casework.matching import search_pages

app_name = "matching"
urlpatterns = [
    path("search/", search_pages.search_page, name="search"),
]
