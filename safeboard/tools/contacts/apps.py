"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "safeboard.tools.contacts"
    label = "contacts"
    verbose_name = "Contacts"

    def ready(self) -> None:
        import_module("safeboard.tools.contacts.guards")
