"""Stands between the house and a real provider, under an address of its own, and alters what the provider says."""

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread
from typing import Any

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import (
    CertificateBuilder,
    IPAddress,
    Name,
    NameAttribute,
    SubjectAlternativeName,
    random_serial_number,
)
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

Claims = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """A key of the provider's: the private half signs, the public one is published under its name."""

    kid: str
    private: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))

    @property
    def published(self) -> Claims:
        return {**RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True), "kid": self.kid, "use": "sig"}

    def sign(self, claims: Claims, **header: str) -> str:
        return jwt.encode(claims, self.private, "RS256", {"kid": self.kid, **header})


class Between(ThreadingHTTPServer):
    """All passes as it is; metadata, tokens, keys and particulars as `metadata`, `token`, `keys` and `told` make them.

    As it stands they are right: signed by a key that is published.
    """

    scheme = "http"

    def __init__(self, real: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.real, self.asked = real, list[str]()
        key = Key("first")
        self.token: Callable[[Claims], object] = key.sign
        self.keys: Callable[[], object] = lambda: {"keys": [key.published]}
        self.told: Callable[[Claims], object] = lambda told: told
        self.metadata: Callable[[Claims], object] = lambda metadata: metadata

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def altered(self, path: str, answer: bytes) -> bytes:
        match path:
            case "/.well-known/openid-configuration":
                return json.dumps(self.metadata(json.loads(answer))).encode()
            case "/oauth2/token" if b"id_token" in answer:
                given = json.loads(answer)
                claims = jwt.decode(given.pop("id_token"), options={"verify_signature": False})
                token = self.token(claims)
                return json.dumps(given if token is None else {**given, "id_token": token}).encode()
            case "/jwks" | "/.well-known/openid-configuration/jwks":
                return json.dumps(self.keys()).encode()
            case "/userinfo":
                return json.dumps(self.told(json.loads(answer))).encode()
        return answer


class _Passing(BaseHTTPRequestHandler):
    server: Between

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        # With our own name as its Host the provider calls itself by it.
        answer = requests.request(
            self.command,
            self.server.real + self.path,
            data=body,
            headers=dict(self.headers),
            allow_redirects=False,
            timeout=20,
        )
        self.send_response(200 if path.endswith("/jwks") else answer.status_code)
        for name in ("Content-Type", "Location"):
            if name in answer.headers:
                self.send_header(name, answer.headers[name])
        self.end_headers()
        self.wfile.write(self.server.altered(path, answer.content))

    do_POST = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, *_: object) -> None:
        return


def by_tls(server: Between, folder: Path) -> Path:
    """Have it speak TLS from now on. Returns the file with its certificate, which is nobody's but its own."""
    key, name = generate_private_key(65537, 2048), Name([NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    own = CertificateBuilder(name, name, key.public_key(), random_serial_number())
    own = own.not_valid_before(datetime.now(UTC) - timedelta(1)).not_valid_after(datetime.now(UTC) + timedelta(1))
    own = own.add_extension(SubjectAlternativeName([IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(own.sign(key, SHA256()).public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    server.socket, server.scheme = context.wrap_socket(server.socket, server_side=True), "https"
    return certificate


@contextmanager
def between(real: str) -> Iterator[Between]:
    """One that is up, before the provider at the address `real`; it ends whatever happens meanwhile."""
    with Between(real) as server:
        answering = Thread(target=server.serve_forever)
        answering.start()
        try:
            yield server
        finally:
            server.shutdown()
            answering.join()
