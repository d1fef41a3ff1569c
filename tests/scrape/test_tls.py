"""Certificates: one that is in order, and four that are not, each of which closes the door."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from .fixture_site import Ask, Reply, Server, html, links

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """Signs certificates; its own stands in `file`."""

    def __init__(self, folder: Path, label: str) -> None:
        self.folder, self.label, self.key = folder, label, ec.generate_private_key(ec.SECP256R1())
        self.file = folder / f"{label}.pem"
        own = self._sign(label, self.key.public_key(), NOW + YEAR, [(x509.BasicConstraints(True, None), True)])
        self.file.write_bytes(own.public_bytes(Encoding.PEM))

    def _sign(self, subject: str, public: Any, end: datetime, extensions: list[tuple[Any, bool]]) -> x509.Certificate:
        builder = x509.CertificateBuilder(
            self.key_name, name(subject), public, x509.random_serial_number(), NOW - 2 * YEAR, end
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(self.key, hashes.SHA256())

    @property
    def key_name(self) -> x509.Name:
        return name(self.label)

    def context(self, host: str, end: datetime) -> ssl.SSLContext:
        """What a server of `host` shows until `end`."""
        key = ec.generate_private_key(ec.SECP256R1())
        alternative = x509.SubjectAlternativeName([x509.DNSName(host)])
        shown = self._sign(host, key.public_key(), end, [(alternative, False)])
        file = self.folder / f"{self.label}-{host}-{end:%Y}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + shown.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def test_only_a_certificate_in_order_is_accepted(
    tmp_path: Path, servers: list[Any], run: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    known, stranger = Authority(tmp_path, "biet"), Authority(tmp_path, "la")
    contexts = {
        "dung.test": known.context("dung.test", NOW + YEAR),
        "het-han.test": known.context("het-han.test", NOW - YEAR),
        "sai-ten.test": known.context("khac.test", NOW + YEAR),
        "la.test": stranger.context("la.test", NOW + YEAR),
    }

    def respond(ask: Ask) -> Reply:
        return Reply(b"", 404) if ask.path == "/robots.txt" else links(["/a-100"]) if ask.path == "/" else html("tin")

    sites: dict[str, Server] = {}
    for host, context in contexts.items():
        servers.append(server := Server(respond))
        server.wrap(context)
        sites[host] = server
    monkeypatch.setenv("SSL_CERT_FILE", str(known.file))
    outcome = run(
        sites={h: {"start": [f"https://{h}:{s.port}/"], "detect": True} for h, s in sites.items()},
        exempt=[(s.address, s.port) for s in sites.values()],
        names={h: [[s.address]] for h, s in sites.items()},
    )
    reports = outcome["reports"]
    assert reports["dung.test"]["fetched"] == 1
    assert reports["dung.test"]["refused"] == {}
    for host in ("het-han.test", "sai-ten.test", "la.test"):
        assert (reports[host]["fetched"], reports[host]["refused"]) == (0, {"robots_unreachable": 1})
        assert sites[host].log == []
