"""A laptop without internet serves the hall: a certificate of its own, and a browser that keeps pages because of it."""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, expect

from benchmarks._hall import Hall
from brobygget.commandline import certificate
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.journeys.conftest import _own_database

HALL = "hall.brohuset.example"
NAMES = [HALL, "localhost", "127.0.0.1"]
REAL_NOW = datetime.now(UTC)  # noqa: TID251 -- whoever trusts a certificate asks what time it is


@pytest.fixture
def made(tmp_path: Path) -> certificate.Certificate:
    """What somebody has who made it just now."""
    folder = tmp_path / "certificate"
    folder.mkdir()
    return certificate.make(NAMES, at=REAL_NOW, folder=folder)


@pytest.fixture
def hall(tmp_path: Path, shared_static: Path, made: certificate.Certificate) -> Iterator[Hall]:
    """The house, served with it."""
    hall = Hall(tmp_path, arguments=("--no-work", "--certificate", str(made.chain), "--key", str(made.key)))
    hall.more = {
        **_own_database(f"hall_{os.getpid()}_{hall.port}"),
        **({"BROBYGGET_TESTING": "1"} if os.environ.get("DATABASE_URL") else {}),
        "BROBYGGET_ADDRESS": f"https://localhost:{hall.port}",
        "BROBYGGET_HOSTS": " ".join(NAMES),
        "BROBYGGET_STATIC": str(shared_static),
    }
    hall.trusts = ssl.create_default_context(cafile=made.chain.with_name("authority.crt"))
    yield hall
    hall.stop()


def test_the_authority_is_good_for_the_hall_and_nothing_else_and_its_key_is_nowhere(
    made: certificate.Certificate,
) -> None:
    folder = made.chain.parent
    assert sorted(file.name for file in folder.iterdir()) == ["authority.crt", "hall.crt", "hall.key"]
    assert made.key.stat().st_mode & 0o777 == 0o600
    own, authority = x509.load_pem_x509_certificates(made.chain.read_bytes())
    own.verify_directly_issued_by(authority)
    assert folder.joinpath("authority.crt").read_bytes() == authority.public_bytes(Encoding.PEM)
    # The only key that is kept is not the authority's: nobody can sign anything more.
    key = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    key.load_cert_chain(made.chain, made.key)
    assert own.public_key() != authority.public_key()
    only = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert only.critical
    assert [str(each.value) for each in only.value.permitted_subtrees or ()] == [*NAMES[:2], "127.0.0.1/32"]
    assert [str(each.value) for each in only.value.excluded_subtrees or ()] == ["::/0"]
    assert own.not_valid_after_utc - own.not_valid_before_utc == timedelta(days=certificate.DAYS)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("hall.example", True),
        ("hall", True),
        ("192.168.8.2", True),
        ("fd00::2", True),
        ("https://hall.example", False),
        ("hall.example:8443", False),
        ("192.168.8", False),
        ("-hall", False),
        ("brohuset.älvnäs", False),
        ("a" * 64, False),
        ("", False),
    ],
)
def test_a_name_is_what_phones_can_type(name: str, is_one: bool) -> None:
    assert certificate.is_name(name) is is_one


def test_the_command_tells_how_to_serve_and_never_overwrites(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "brobygget", "certificate", HALL, "192.168.8.2", "--folder", "it"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = [
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        for _time in range(2)
    ]
    assert [each.returncode for each in told] == [0, 2]
    assert f"BROBYGGET_ADDRESS=https://{HALL}:8443" in told[0].stdout
    assert f"BROBYGGET_HOSTS='{HALL} 192.168.8.2'" in told[0].stdout
    assert "--certificate it/hall.crt --key it/hall.key" in told[0].stdout
    assert told[1].stderr == (
        "bro certificate: it/hall.key is there already; phones may trust it. Choose another --folder.\n"
    )


def test_files_that_are_no_certificate_are_told_in_one_line(
    tmp_path: Path, made: certificate.Certificate
) -> None:
    other = certificate.make(["x.example"], at=REAL_NOW, folder=tmp_path)
    assert made.fault() == ""
    assert certificate.Certificate(made.chain, tmp_path / "none").fault() == (
        f"{tmp_path / 'none'} is not there"
    )
    assert "are not a certificate and its key" in certificate.Certificate(made.chain, other.key).fault()
    assert "are not a certificate and its key" in certificate.Certificate(made.key, made.key).fault()


def test_a_computer_that_trusts_the_authority_opens_the_hall_and_no_other_name(hall: Hall) -> None:
    hall.set_up()
    hall.start()
    with urllib.request.urlopen(f"https://localhost:{hall.port}/health/", context=hall.trusts) as answer:
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert hall.trusts is not None
    for name, opens in ((HALL, True), ("bank.example", False)):
        with socket.create_connection(("127.0.0.1", hall.port), timeout=10) as line:
            if opens:
                with hall.trusts.wrap_socket(line, server_hostname=name) as safe:
                    assert safe.version() == "TLSv1.3"
            else:
                with pytest.raises(ssl.SSLCertVerificationError):
                    hall.trusts.wrap_socket(line, server_hostname=name)


@pytest.mark.browser
@pytest.mark.on_sqlite
def test_a_browser_keeps_the_programme_for_the_time_without_a_network(
    hall: Hall, made: certificate.Certificate, chromium: Browser
) -> None:
    """Chromium is told that it trusts this certificate, as a phone is by installing the authority."""
    own = x509.load_pem_x509_certificates(made.chain.read_bytes())[0]
    key = own.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(hashlib.sha256(key).digest()).decode()
    page_of = f"{hall.set_up()['page']}programme/"
    hall.start()
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM,
        args=[*CHROMIUM_ARGUMENTS, f"--ignore-certificate-errors-spki-list={trusted}"],
    )
    try:
        page = browser.new_page(base_url=f"https://localhost:{hall.port}", locale="sv")
        page.goto(page_of)
        assert page.evaluate("isSecureContext")
        state = page.evaluate("navigator.serviceWorker.ready.then((found) => found.active.state)")
        assert state in {"activating", "activated"}
        page.goto(page_of)
        hall.stop()
        page.goto(page_of)
        expect(page.locator("#coming")).to_be_visible()
        page.goto("/find/")
        expect(page.get_by_role("heading")).to_contain_text("Inget nät just nu")
    finally:
        browser.close()
