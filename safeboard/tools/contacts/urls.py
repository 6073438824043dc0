"""The addresses of this room. They carry keys only."""

from django.urls import include, path

from safeboard.foundation.pages.registers import register_urls
from safeboard.tools.contacts import contact_pages
from safeboard.tools.contacts.register import CONTACTS

app_name = "contacts"

urlpatterns = [
    path("contacts/", include(register_urls(CONTACTS))),
    path("contacts/add/", contact_pages.add_page, name="add"),
    path("contacts/<uuid:pk>/", contact_pages.contact_page, name="contact"),
    path("contacts/<uuid:pk>/change/", contact_pages.change_page, name="change"),
    path("contacts/<uuid:pk>/check/", contact_pages.check, name="check"),
    path("contacts/<uuid:pk>/end/", contact_pages.end, name="end"),
]
