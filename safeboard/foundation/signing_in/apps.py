"""Signing in's place in the house."""

from importlib import import_module

from django.apps import AppConfig


class SigningInConfig(AppConfig):
    name = "safeboard.foundation.signing_in"
    label = "signing_in"
    verbose_name = "Signing in"

    def ready(self) -> None:
        """Listen to the library's signals. Not sooner: what listens needs models, and they are not loaded before."""
        for listens in ("lock_out", "noted"):
            import_module(f"{self.name}.{listens}")
