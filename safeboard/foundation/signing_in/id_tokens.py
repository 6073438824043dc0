"""What an agency's provider says of who signed in there: believed only when signed, for us, now, and as asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.utils.crypto import constant_time_compare

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Two keys each, of which the provider keeps one: never `none`, and no HS, whose key would be anybody's to read."""

CLAIMS: Final = ("iss", "aud", "exp", "iat", "sub", "nonce")
CLOCKS_APART: Final = 60
"""By how many seconds the provider's clock may differ from ours."""

LONGEST_WORD: Final = 200
WHY: Final = {
    jwt.InvalidSignatureError: "signature",
    jwt.InvalidIssuerError: "issuer",
    jwt.InvalidAudienceError: "audience",
    jwt.ExpiredSignatureError: "expired",
    jwt.ImmatureSignatureError: "not yet valid",
    jwt.MissingRequiredClaimError: "incomplete",
    jwt.InvalidKeyError: "key",
}


class TokenRefused(OAuth2Error):  # type: ignore[misc]
    """A provider's word that we do not take. `why` is a word for the trail and says nothing of the person."""

    def __init__(self, why: str) -> None:
        super().__init__(f"An agency's provider was not believed: {why}.")
        self.why = why


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must name: the provider (`issuer`), us (`audience`), and the `nonce` this browser was sent with."""

    issuer: str
    audience: str
    nonce: str


def verified(token: object, keys: object, expected: Expected) -> dict[str, Any]:
    """What the token says, once all that OpenID Connect Core 1.0, 3.1.3.7, asks for has been checked.

    `keys` is the provider's published set (RFC 7517). Raises TokenRefused.
    """
    if not isinstance(token, str):
        raise TokenRefused("no token")
    try:
        claims = _signed(token, keys, expected)
    except (jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
        raise TokenRefused(WHY.get(type(error), "malformed")) from error
    if not expected.nonce or not constant_time_compare(str(claims["nonce"]), expected.nonce):
        raise TokenRefused("nonce")
    if claims.get("azp", _one(claims["aud"])) != expected.audience:
        raise TokenRefused("audience")
    return claims


def _signed(token: str, keys: object, expected: Expected) -> dict[str, Any]:
    return jwt.decode(
        token,
        _key(jwt.get_unverified_header(token), keys),
        algorithms=ALGORITHMS,
        issuer=expected.issuer,
        audience=expected.audience,
        leeway=CLOCKS_APART,
        options={"require": list(CLAIMS), "enforce_minimum_key_length": True},
    )


def _key(header: Mapping[str, Any], keys: object) -> jwt.PyJWK:
    """The published key that the token names, for the algorithm it names: one that is ours to allow, and the key's.

    It may leave the key unnamed only where one alone is published (OpenID Connect Core 1.0, 10.1).
    """
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise TokenRefused("algorithm")
    published = _for_signatures(keys)
    if "kid" in header or len(published) != 1:
        published = [key for key in published if key.get("kid", "") == header.get("kid")]
    fitting = [key for key in published if key.get("alg", algorithm) == algorithm]
    if len(fitting) != 1:
        raise TokenRefused("unknown key")
    return jwt.PyJWK(fitting[0], algorithm)


def _for_signatures(keys: object) -> list[dict[str, Any]]:
    published = keys.get("keys") if isinstance(keys, dict) else None
    listed = published if isinstance(published, list) else []
    return [key for key in listed if isinstance(key, dict) and key.get("use", "sig") == "sig"]


def _one(audience: object) -> object:
    """The audience of a token for one alone. One for several must say itself to whom it was given (`azp`)."""
    return audience[0] if isinstance(audience, list) and len(audience) == 1 else audience


def how_signed_in(claims: Mapping[str, Any]) -> dict[str, str]:
    """What the token says of how strongly (`acr`), with what (`amr`) and when (`auth_time`, UTC) they signed in there.

    For the trail: nothing is decided by it. What is missing, or not of its kind, is left out.
    """
    said = {"acr": _word(claims.get("acr")), "amr": _words(claims.get("amr")), "auth_time": _time(claims)}
    return {name: value for name, value in said.items() if value}


def _word(value: object) -> str:
    return value[:LONGEST_WORD] if isinstance(value, str) and value.isprintable() else ""


def _words(value: object) -> str:
    return _word(" ".join(word for word in value if isinstance(word, str))) if isinstance(value, list) else ""


def _time(claims: Mapping[str, Any]) -> str:
    try:
        return datetime.fromtimestamp(int(claims["auth_time"]), UTC).isoformat()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return ""
