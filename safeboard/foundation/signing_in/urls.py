"""Addresses of signing in. Included before the library's, so that a page of ours can stand in for one of its."""

from django.urls import path

from safeboard.foundation.signing_in import demo, passkeys, second_factor

app_name = "signing_in"
urlpatterns = [
    path("demo/<str:token>/", demo.follow, name="demo"),
    path("account/second-step/", second_factor.set_up, name="second-factor"),
    path("account/2fa/webauthn/keys/<int:pk>/remove/", passkeys.remove_passkey, name="remove-passkey"),
]
