"""Addresses of this room. They hold keys only."""

from django.urls import include, path

from safeboard.casework.matching import list_pages, pair_pages, search_pages
from safeboard.casework.matching.registers import LISTED_PEOPLE, PAIRS
from safeboard.foundation.pages.registers import register_urls

app_name = "matching"
urlpatterns = [
    path("search/", search_pages.search_page, name="search"),
    path("duplicates/compare/", pair_pages.compare, name="compare"),
    path("duplicates/<int:pk>/", pair_pages.pair, name="pair"),
    path("duplicates/<int:pk>/different/", pair_pages.different, name="different"),
    path("duplicates/<int:pk>/later/", pair_pages.later, name="later"),
    path("duplicates/<int:pk>/join/", pair_pages.join_records, name="join"),
    path("duplicates/<int:pk>/undo/", pair_pages.undo, name="undo"),
    path("<uuid:person>/same/", pair_pages.propose_pair, name="propose"),
    path("<uuid:person>/joined/", pair_pages.joined_records, name="joined"),
    path("lists/", list_pages.all_lists, name="lists"),
    path("lists/read/", list_pages.read_list, name="read-list"),
    path("lists/template/", list_pages.list_template, name="list-template"),
    path("lists/<int:pk>/link/", list_pages.link_list, name="link-list"),
    path("lists/<int:pk>/undo/", list_pages.undo_list, name="undo-list"),
    path("lists/rows/<int:pk>/", list_pages.listed_person, name="listed-person"),
    path("lists/rows/", include(register_urls(LISTED_PEOPLE))),
    path("duplicates/", include(register_urls(PAIRS))),
]
