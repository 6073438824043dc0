"""Signing in's place in the house."""

from importlib import import_module

from django.apps import AppConfig


class SigningInConfig(AppConfig):
    name = "safeboard.foundation.signing_in"
    label = "signing_in"
    verbose_name = "Signing in"

    def ready(self) -> None:
        """Put our records under the policy and listen to the library. Not sooner: both need models to be loaded."""
        for part in ("factors_changed", "guards", "lock_out", "noted"):
            import_module(f"{self.name}.{part}")
