"""The addresses of people: keys only, never a name."""

from django.urls import path

from safeboard.casework.people import adding_pages, network_pages, part_pages, record_pages
from safeboard.casework.people.registers import PEOPLE
from safeboard.foundation.pages.registers import register_urls

app_name = "people"
urlpatterns = [
    *register_urls(PEOPLE),
    path("add/", adding_pages.add, name="add"),
    *adding_pages.NEW_URLS,
    path("<uuid:person>/", record_pages.person, name="person"),
    path("<uuid:person>/network/", network_pages.network, name="network"),
    path("<uuid:person>/summary/", record_pages.summary, name="summary"),
    path("<uuid:person>/birth/", record_pages.change_birth, name="birth"),
    path("<uuid:person>/born/", record_pages.born, name="born"),
    path("<uuid:person>/died/", record_pages.died, name="died"),
    path("<uuid:person>/background/", record_pages.change_background, name="background"),
    path("<uuid:person>/handling/", record_pages.change_handling, name="handling"),
    path("<uuid:person>/close/", record_pages.close, name="close"),
    path("<uuid:person>/household/<int:row>/join/", part_pages.add_to_household, name="household-join"),
    *part_pages.part_urls(),
]
