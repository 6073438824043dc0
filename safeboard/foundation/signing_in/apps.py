"""Signing in's place in the house."""

from django.apps import AppConfig


class SigningInConfig(AppConfig):
    name = "safeboard.foundation.signing_in"
    label = "signing_in"
    verbose_name = "Signing in"
