"""What an agency's provider says of who signed in there: as it should be, and altered in ways that must be refused."""

import base64
import hashlib
import hmac
import json
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_curve_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpResponse
from django.test import Client
from jwt.algorithms import ECAlgorithm
from pytest_django import Settings

from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.watching.selectors import entries as trail_entries
from tests.house.synthetic import other_house
from tests.signing_in.agency import Tied
from tests.signing_in.between import Between, Claims, Key, between, by_tls
from tests.signing_in.people import PASSWORD, code_now, give_password, user_of, with_app

pytestmark = pytest.mark.django_db

KEY, OTHER = Key("first"), Key("second")
WEAK = Key("first", new_key(65537, 1024))  # noqa: S505 - weak on purpose
CURVE = new_curve_key(SECP256R1())


@pytest.fixture
def provider(tied: Tied) -> Iterator[Between]:
    """What stands before the board's provider, signed for by KEY. The chair may sign in by it."""
    with_app(tied.house)
    with between(tied.at.issuer) as server:
        server.token, server.keys = KEY.sign, lambda: {"keys": [KEY.published, OTHER.published]}
        tied.set(issuer=server.address)
        yield server


def after_both_steps(tied: Tied) -> tuple[HttpResponse, str | None]:
    """What the chair came back to from the agency, and who is signed in after the second step, if there was one."""
    client = Client()
    answer = tied.come_back(client, "chair")
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    return answer, user_of(client)


def entries() -> list[tuple[str, str, dict[str, object]]]:
    """What the trail holds of signing in, oldest first."""
    rows = TrailEntry.objects.filter(kind="sign-in").order_by("number")
    return list(rows.values_list("did", "object_id", "details"))


def by_curve(claims: Claims) -> str:
    return jwt.encode(claims, CURVE, "ES256", {"kid": "curve"})


@pytest.mark.parametrize(
    "token",
    [
        KEY.sign,
        OTHER.sign,
        by_curve,
        lambda claims: jwt.encode(claims, KEY.private, "PS256", {"kid": "first"}),
        lambda claims: KEY.sign({**claims, "aud": claims["aud"][0]}),
        lambda claims: KEY.sign({**claims, "aud": [*claims["aud"], "another"], "azp": claims["aud"][0]}),
        lambda claims: KEY.sign({**claims, "exp": time.time() - 20}),
        lambda claims: KEY.sign({**claims, "iat": time.time() + 20}),
    ],
)
def test_a_token_that_is_right_signs_in(tied: Tied, provider: Between, token: Callable[[Claims], str]) -> None:
    curve = {**ECAlgorithm.to_jwk(CURVE.public_key(), as_dict=True), "kid": "curve"}
    provider.token, provider.keys = token, lambda: {"keys": [KEY.published, OTHER.published, curve]}
    answer, user = after_both_steps(tied)
    assert (answer.status_code, user) == (302, str(tied.house.user("chair").pk))
    assert [did for did, _key, _details in entries()] == ["signed in"]


def tampered(claims: Claims) -> str:
    """Another's name under the signature made for the first."""
    header, _own, signature = KEY.sign(claims).split(".")
    return f"{header}.{in_words_of_tokens({**claims, 'sub': 'another'})}.{signature}"


def unsigned(claims: Claims, name: str = "none") -> str:
    return f"{in_words_of_tokens({'alg': name, 'kid': 'first'})}.{in_words_of_tokens(claims)}."


def signed_with_what_everybody_knows(claims: Claims) -> str:
    """By HS256 with the published key for its secret, which a reader that believes the header would take."""
    secret = KEY.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    words = f"{in_words_of_tokens({'alg': 'HS256', 'kid': 'first'})}.{in_words_of_tokens(claims)}"
    return f"{words}.{encoded(hmac.digest(secret, words.encode(), hashlib.sha256))}"


def in_words_of_tokens(value: Claims) -> str:
    return encoded(json.dumps(value).encode())


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def without(name: str) -> Callable[[Claims], str]:
    return lambda claims: KEY.sign({key: value for key, value in claims.items() if key != name})


REFUSED: list[tuple[str, Callable[[Claims], object]]] = [
    ("signature", tampered),
    ("signature", lambda claims: OTHER.sign(claims, kid="first")),
    ("unknown key", lambda claims: KEY.sign(claims, kid="third")),
    ("unknown key", lambda claims: jwt.encode(claims, KEY.private, "RS256")),
    ("algorithm", unsigned),
    ("algorithm", lambda claims: unsigned(claims, "None")),
    ("algorithm", signed_with_what_everybody_knows),
    ("key", lambda claims: jwt.encode(claims, CURVE, "ES256", {"kid": "first"})),
    ("nonce", lambda claims: KEY.sign({**claims, "nonce": "another"})),
    ("nonce", lambda claims: KEY.sign({**claims, "nonce": ""})),
    ("nonce", lambda claims: KEY.sign({**claims, "nonce": [claims["nonce"]]})),
    ("issuer", lambda claims: KEY.sign({**claims, "iss": "https://another.example"})),
    ("audience", lambda claims: KEY.sign({**claims, "aud": "another"})),
    ("audience", lambda claims: KEY.sign({**claims, "azp": "another"})),
    ("audience", lambda claims: KEY.sign({**claims, "aud": [*claims["aud"], "another"]})),
    ("expired", lambda claims: KEY.sign({**claims, "exp": time.time() - 120})),
    ("not yet valid", lambda claims: KEY.sign({**claims, "iat": time.time() + 120})),
    ("not yet valid", lambda claims: KEY.sign({**claims, "nbf": time.time() + 120})),
    *[("incomplete", without(name)) for name in ("nonce", "iss", "aud", "exp", "iat", "sub")],
    ("no token", lambda claims: None),
    ("no token", lambda claims: claims),
    ("malformed", lambda claims: ""),
    ("malformed", lambda claims: "a.b.c"),
    ("another's particulars", lambda claims: KEY.sign({**claims, "sub": "another"})),
]


@pytest.mark.parametrize(("why", "token"), REFUSED)
def test_any_other_token_signs_nobody_in(
    tied: Tied, provider: Between, why: str, token: Callable[[Claims], object]
) -> None:
    provider.token = token
    answer, user = after_both_steps(tied)
    assert (answer.status_code, user, SocialAccount.objects.count()) == (401, None, 0)
    assert "That did not sign you in" in answer.content.decode()
    assert entries() == [("refused", "", {"at": f"agency-{tied.board.pk}", "why": why})]


def test_a_refusal_is_in_the_trail_of_the_agencys_area_alone(tied: Tied, provider: Between) -> None:
    provider.token = unsigned
    tied.come_back(Client(), "chair")
    ours, theirs = (there.viewer("privacy_officer") for there in (tied.house, other_house()))
    rows = trail_entries(ours, Action.OPEN).filter(did="refused")
    assert [(row.who, row.agency, row.details["why"]) for row in rows] == [("", str(tied.board.pk), "algorithm")]
    assert not trail_entries(theirs, Action.OPEN).filter(did="refused").exists()


PUBLISHED = KEY.published


def by_weak_key(claims: Claims) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return WEAK.sign(claims)


@pytest.mark.parametrize(
    ("why", "keys", "token"),
    [
        ("unknown key", {"keys": []}, KEY.sign),
        ("unknown key", {"keys": ["first"]}, KEY.sign),
        ("unknown key", {"keys": PUBLISHED}, KEY.sign),
        ("unknown key", [PUBLISHED], KEY.sign),
        ("unknown key", {"keys": [{**PUBLISHED, "use": "enc"}]}, KEY.sign),
        ("unknown key", {"keys": [{**PUBLISHED, "alg": "PS256"}]}, KEY.sign),
        ("unknown key", {"keys": [PUBLISHED, {**OTHER.published, "kid": "first"}]}, KEY.sign),
        ("key", {"keys": [{"kty": "oct", "kid": "first", "k": "c2VjcmV0"}]}, KEY.sign),
        ("key", {"keys": [WEAK.published]}, by_weak_key),
        ("key", {"keys": [{"kty": "RSA", "kid": "first"}]}, KEY.sign),
    ],
)
def test_keys_that_are_none_for_this_verify_nothing(
    tied: Tied, provider: Between, why: str, keys: object, token: Callable[[Claims], str]
) -> None:
    provider.keys, provider.token = lambda: keys, token
    answer, user = after_both_steps(tied)
    assert (answer.status_code, user) == (401, None)
    assert entries() == [("refused", "", {"at": f"agency-{tied.board.pk}", "why": why})]


def test_a_key_may_be_left_unnamed_only_where_it_is_the_only_one(tied: Tied, provider: Between) -> None:
    provider.token = lambda claims: jwt.encode(claims, KEY.private, "RS256")
    provider.keys = lambda: {"keys": [KEY.published, OTHER.published]}
    assert tied.sign_in("chair")[1] == 401
    provider.keys = lambda: {"keys": [KEY.published, {**OTHER.published, "use": "enc"}]}
    assert tied.sign_in("chair")[1] == 302


def test_a_new_key_counts_at_once_and_one_withdrawn_no_more(tied: Tied, provider: Between) -> None:
    new = Key("new")
    assert tied.sign_in("chair")[1] == 302
    provider.keys = lambda: {"keys": [new.published]}
    assert tied.sign_in("chair")[1] == 401
    provider.token = new.sign
    assert tied.sign_in("chair")[1] == 302
    assert provider.asked.count("/jwks") == 3


@pytest.mark.parametrize("told", [{}, {"sub": "another"}, {"sub": None}, ["chair"]])
def test_particulars_of_anybody_else_sign_nobody_in(tied: Tied, provider: Between, told: object) -> None:
    provider.told = lambda real: {**real, **told} if isinstance(told, dict) and told else told
    answer, user = after_both_steps(tied)
    assert (answer.status_code, user) == (401, None)
    assert [details["why"] for _did, _key, details in entries()] == ["another's particulars"]


def test_keys_that_do_not_come_sign_nobody_in(tied: Tied, provider: Between) -> None:
    def broken() -> object:
        raise ConnectionAbortedError

    provider.keys = broken
    answer, user = after_both_steps(tied)
    assert (answer.status_code, user) == (401, None)
    assert "That did not sign you in" in answer.content.decode()
    assert entries() == [("refused", "", {"at": f"agency-{tied.board.pk}", "why": "no answer"})]


def sent(client: Client, tied: Tied, more: str = "") -> str:
    """The address that a browser on its way to the agency is sent to."""
    return client.get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login{more}")["Location"]


@pytest.fixture
def in_production(
    tied: Tied, provider: Between, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Between:
    """The provider by TLS, and a house that asks for it."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(by_tls(provider, tmp_path)))
    provider.metadata = secret_on_the_way
    settings.SECURE = True
    tied.set(issuer=provider.address)
    return provider


def secret_on_the_way(metadata: Claims, *, besides: str = "") -> Claims:
    """The metadata with https addresses throughout, but for one."""
    text = {name: value for name, value in metadata.items() if isinstance(value, str) and name != besides}
    return {**metadata, **{name: value.replace("http://", "https://") for name, value in text.items()}}


def test_in_production_all_of_it_goes_by_tls(tied: Tied, in_production: Between) -> None:
    in_production.token = lambda claims: KEY.sign({**claims, "iss": in_production.address})
    answer, user = after_both_steps(tied)
    assert (answer.status_code, user) == (302, str(tied.house.user("chair").pk))
    assert in_production.asked.count("/jwks") == 1


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"])
def test_in_production_no_address_of_the_provider_is_without_tls(tied: Tied, in_production: Between, name: str) -> None:
    in_production.metadata = lambda metadata: secret_on_the_way(metadata, besides=name)
    answer = Client().get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login")
    assert answer.status_code == 502
    assert "That did not sign you in" in answer.content.decode()


def test_keys_beside_the_metadata_are_not_taken_for_metadata(tied: Tied, provider: Between) -> None:
    beside = {"jwks_uri": f"{provider.address}/.well-known/openid-configuration/jwks"}
    provider.metadata = lambda metadata: {**metadata, **beside}
    assert tied.sign_in("chair")[1] == 302


def test_each_browser_is_sent_with_a_nonce_of_its_own_and_nothing_that_a_link_adds(tied: Tied) -> None:
    added = "&scope=phone&auth_params=nonce%3Dknown%26redirect_uri%3Dhttps%3A%2F%2Fanother.example"
    first, second = (parse_qs(urlsplit(sent(Client(), tied, more)).query) for more in ("", added))
    assert {*first} == {*second}
    assert len({*first["nonce"], *second["nonce"], "known"}) == 3
    assert min(len(first["nonce"][0]), len(second["nonce"][0])) == 43
    assert first["redirect_uri"] == second["redirect_uri"]
    assert {*first["scope"][0].split()} == {*second["scope"][0].split()} == {"openid", "profile", "email"}


def test_a_token_for_another_attempt_of_the_same_browser_is_refused(tied: Tied, provider: Between) -> None:
    tokens: list[str] = []

    def first_again(claims: Claims) -> str:
        tokens.append(KEY.sign(claims))
        return tokens[0]

    provider.token = first_again
    client = Client()
    assert tied.come_back(client, "chair").status_code == 302
    assert tied.come_back(client, "chair").status_code == 401
    assert [details["why"] for _did, _key, details in entries()] == ["nonce"]


def test_the_trail_tells_how_they_signed_in_there(tied: Tied, provider: Between) -> None:
    how = {"acr": "2", "amr": ["pwd", "mfa"], "auth_time": 1_790_000_000}
    provider.token = lambda claims: KEY.sign({**claims, **how})
    user = after_both_steps(tied)[1]
    said = {"acr": "2", "amr": "pwd mfa", "auth_time": "2026-09-21T14:13:20+00:00"}
    assert entries() == [("signed in", user, {"at": f"agency-{tied.board.pk}", **said})]


@pytest.mark.parametrize(
    "how",
    [
        {"acr": None, "amr": None, "auth_time": None},
        {"acr": 2, "amr": "pwd", "auth_time": "yesterday"},
        {"acr": "a\0b", "amr": [2, {}], "auth_time": 10**30},
    ],
)
def test_what_is_not_told_as_it_should_be_is_left_out(tied: Tied, provider: Between, how: Claims) -> None:
    provider.token = lambda claims: KEY.sign({**claims, **how})
    user = after_both_steps(tied)[1]
    assert entries() == [("signed in", user, {"at": f"agency-{tied.board.pk}"})]


def test_an_attempt_at_the_agency_that_was_given_up_is_not_told_of_another_way_in(
    tied: Tied, provider: Between
) -> None:
    client = Client()
    tied.come_back(client, "chair")
    session = client.session
    del session["account_login"]  # as after a quarter of an hour without the second step
    session.save()
    user = with_app(tied.house)
    user.set_password(PASSWORD)
    user.save()
    assert give_password(client, user.email) == 302
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert entries() == [("signed in", str(user.pk), {})]
