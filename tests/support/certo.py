"""A public-key infrastructure of its own on loopback: root, issuing authority with CRL and OCSP, a time-stamp
authority, and people of every kind, good and bad; served by certomancer, so by code that is not ours.

Time travels with `Certo.at`: every answer is then given as of that moment, without touching the system's clock.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from app.domain.identity import KeyMaterial
from app.sealing.verifying import TrustAnchor

ARCH = "test"
DAY = timedelta(days=1)
PEOPLE = ("alice", "carol", "mallory", "expired", "server", "early")
"""Alice (RSA) and Carol (P-256) may sign; Mallory is revoked; one is expired, one is a web server's, one too early."""
STAMPERS = ("tsa", "young-tsa")
NAMES = ("root", "issuing", "ocsp", *STAMPERS, *PEOPLE)
PASSPHRASE = "correct horse"


@dataclass(frozen=True)
class Town:
    """Further certificates, keys and services, in certomancer's own words. `rsa_bits` by key, 0 is P-256; each
    certificate has the name of its key. `chains` names the authorities above one, nearest first, where it is not the
    usual one.
    """

    certificates: Callable[[datetime], Mapping[str, Any]] = lambda _: {}
    rsa_bits: Mapping[str, int] = field(default_factory=dict)
    services: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    chains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Certo:
    """What is served. `at` None is the present."""

    port: int
    animator: Animator
    arch: Any
    town: Town
    at: datetime | None = None
    asked: list[str] = field(default_factory=list)
    broken: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By kind of service (tsa, ocsp, crls, certs): status line and body that come instead of an answer."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def tsa_url(self) -> str:
        return f"{self.url}/{ARCH}/tsa/tsa"

    @property
    def young_tsa_url(self) -> str:
        """Its certificate began yesterday."""
        return f"{self.url}/{ARCH}/tsa/young-tsa"

    @property
    def anchors(self) -> tuple[TrustAnchor, ...]:
        return (TrustAnchor(ssl.DER_cert_to_PEM_cert(self.certificate("root")), "imported"),)

    def certificate(self, label: str) -> bytes:
        """DER."""
        der: bytes = self.arch.get_cert(CertLabel(label)).dump()
        return der

    def person(self, label: str) -> KeyMaterial:
        """With the authorities below the root in the chain, as a PKCS#12 file brings them."""
        packed = self.arch.package_pkcs12(CertLabel(label), password=None)
        key, certificate, _ = pkcs12.load_key_and_certificates(packed, None)
        assert key is not None
        assert certificate is not None
        return KeyMaterial(
            key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
            certificate.public_bytes(serialization.Encoding.DER),
            tuple(map(self.certificate, self.town.chains.get(label, ("issuing",)))),
        )

    def pkcs12_file(self, label: str, folder: Path) -> Path:
        """Its passphrase is `PASSPHRASE`."""
        path = folder / f"{label}.p12"
        path.write_bytes(self.arch.package_pkcs12(CertLabel(label), password=PASSPHRASE.encode()))
        return path

    def root_file(self, folder: Path) -> Path:
        path = folder / "root.pem"
        path.write_text(ssl.DER_cert_to_PEM_cert(self.certificate("root")), "ascii")
        return path

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """The server's door: notes what was asked, breaks what is to be broken, and tells the time."""
        path = environ["PATH_INFO"]
        self.asked.append(path)
        kind = path.split("/")[2] if path.count("/") > 1 else ""
        if kind in self.broken:
            status, body = self.broken[kind]
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start(status, [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
            return [body]
        if self.at is not None:
            environ["HTTP_X_CERTOMANCER_FAKE_TIME"] = self.at.isoformat()
        return self.animator(environ, start)

    @contextmanager
    def time(self, moment: datetime) -> Iterator[None]:
        self.at = moment
        try:
            yield
        finally:
            self.at = None

    @contextmanager
    def out_of_order(self, kind: str, status: str = "503 Service Unavailable", body: bytes = b"") -> Iterator[None]:
        self.broken[kind] = (status, body)
        try:
            yield
        finally:
            del self.broken[kind]


@contextmanager
def certo(folder: Path, town: Town = Town()) -> Iterator[Certo]:
    """Keys are made in `folder`; the server is gone afterwards."""
    for name in (*NAMES, *town.rsa_bits):
        _write_key(folder / f"{name}.pem", {"alice": 3072, **town.rsa_bits}.get(name, 0))
    server = _Serving(("127.0.0.1", 0), _Quiet)
    port = server.server_port
    logging.getLogger("certomancer").setLevel(logging.CRITICAL)
    settings = CertomancerConfig(
        _configuration(datetime.now(UTC), f"http://127.0.0.1:{port}", town), key_search_dir=str(folder)
    )
    arch = settings.get_pki_arch(ArchLabel(ARCH))
    served = Certo(port, Animator(AnimatorArchStore({ArchLabel(ARCH): arch}), with_web_ui=False), arch, town)
    server.set_app(served)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Serving(WSGIServer):
    """A client that hangs up is the client's affair."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        return


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        return


def _write_key(path: Path, rsa_bits: int) -> None:
    key = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _configuration(now: datetime, prefix: str, town: Town) -> dict[str, Any]:
    names = (*NAMES, *town.rsa_bits)
    services = _services()
    for kind, more in town.services.items():
        services[kind] = {**services[kind], **more}
    return {
        "external-url-prefix": prefix,
        "keysets": {"keys": {"path-prefix": ".", "keys": {name: {"path": f"{name}.pem"} for name in names}}},
        "pki-architectures": {
            ARCH: {
                "keyset": "keys",
                "entity-defaults": {"country-name": "AT", "organization-name": "Test authority"},
                "entities": {name: {"common-name": name.replace("-", " ").title()} for name in names},
                "certs": {**_certificates(now), **town.certificates(now)},
                "services": services,
            }
        },
    }


def _certificates(now: datetime) -> dict[str, Any]:
    long = (now - 400 * DAY, now + 20 * 365 * DAY)
    year = (now - 40 * DAY, now + 365 * DAY)
    authority = {"id": "simple-ca", "params": {"crl-repo": "root", "max-path-len": 1}}
    issuing = {
        "id": "simple-ca", "params": {"crl-repo": "issuing", "ocsp-service": "issuing", "max-path-len": 0}
    }  # fmt: skip
    signer = {"profiles": ["digsig-commitment"], "extensions": [_issuer_link("issuing")]}
    revoked = {"revocation": {"revoked-since": (now - 2 * DAY).isoformat(), "reason": "key_compromise"}}
    return {
        "root": certificate("root", "root", long, profiles=[authority]),
        "issuing": certificate("issuing", "root", long, profiles=[issuing], extensions=[_issuer_link("root")]),
        "ocsp": certificate("ocsp", "issuing", long, profiles=["ocsp-responder"]),
        "tsa": certificate("tsa", "root", (now - 40 * DAY, now + 10 * 365 * DAY), extensions=_stamping()),
        "young-tsa": certificate("young-tsa", "root", (now - DAY, now + 365 * DAY), extensions=_stamping()),
        "alice": certificate("alice", "issuing", year, **signer),
        "carol": certificate("carol", "issuing", year, **signer),
        "mallory": certificate("mallory", "issuing", year, **signer, **revoked),
        "expired": certificate("expired", "issuing", (now - 300 * DAY, now - DAY), **signer),
        "early": certificate("early", "issuing", (now + DAY, now + 300 * DAY), **signer),
        "server": certificate(
            "server", "issuing", year, extensions=[{"id": "extended_key_usage", "value": ["server_auth"]}]
        ),
    }


def certificate(subject: str, issuer: str, validity: tuple[datetime, datetime], **more: Any) -> Mapping[str, Any]:
    first, last = (moment.replace(microsecond=0).isoformat() for moment in validity)
    return {"subject": subject, "issuer": issuer, "validity": {"valid-from": first, "valid-to": last}, **more}


def _stamping() -> list[Any]:
    return [
        {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]},
        {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": ["digital_signature"]}},
    ]


def _issuer_link(issuer: str) -> Any:
    """Beside what the authority's profile says, a way to its certificate."""
    links = [{"repo": issuer}]
    params: dict[str, Any] = {"ca-issuer-links": links}
    if issuer == "issuing":
        params["ocsp-responder-names"] = ["issuing"]
    return {"id": "authority_information_access", "smart-value": {"schema": "aia-urls", "params": params}}


def _services() -> dict[str, Any]:
    return {
        "ocsp": {"issuing": {"for-issuer": "issuing", "responder-cert": "ocsp", "signing-key": "ocsp"}},
        "crl-repo": {
            "root": {"for-issuer": "root", "signing-key": "root", "simulated-update-schedule": "P90D"},
            "issuing": {"for-issuer": "issuing", "signing-key": "issuing", "simulated-update-schedule": "P30D"},
        },
        "cert-repo": {
            "root": {"for-issuer": "root", "publish-issued-certs": True},
            "issuing": {"for-issuer": "issuing", "publish-issued-certs": True},
        },
        "time-stamping": {name: {"signing-key": name, "signing-cert": name} for name in STAMPERS},
    }
