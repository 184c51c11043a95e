"""The whole program runs, people come and go, somebody guesses, something breaks: the log names nobody."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from brobygget.web.security import NETWORK_ADDRESS
from tests.journeys.conftest import OpenTown

pytestmark = [pytest.mark.on_sqlite]


def _ask(address: str) -> int:
    asked = urllib.request.Request(address, headers={"X-Forwarded-For": "192.0.2.7"})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_a_log_holds_no_address_no_token_and_no_name(open_town: Callable[[str], OpenTown]) -> None:
    town = open_town("C")
    phones = town.doors["participants"]
    secrets = [town.doors["join"], town.doors["wall"], *(row["address"] for row in phones)]
    assert [_ask(address) for address in secrets] == [200] * len(secrets)
    assert [_ask(f"{address}broken/?q=Selam+192.0.2.7") for address in secrets] == [404] * len(secrets)
    # The database goes away under the running program: every page fails, and the log says so without words.
    for file in town.folder.glob("brobygget.sqlite3*"):
        file.write_bytes(b"no database")
    assert 500 in {_ask(f"{town.address}/programme/?who=Selam") for _ in range(4)}

    log = town.log.read_text(encoding="utf-8")
    said = log[log.index("Mails are written") :]
    assert "django.request" in said
    assert NETWORK_ADDRESS.findall(re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "", said)) == []
    assert not [row["alias"] for row in phones if row["alias"] in said]
    assert not [secret for secret in secrets if secret.rstrip("/").rsplit("/", 1)[1] in said]
    assert "?who=" not in said
