"""A log tells nobody who was where."""

import io
import logging
import sys

import pytest

from brobygget.web.security import NoSecretsInLogs, PlacesOnly


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /join/umrFlB2WF9lujIJcUG6wNw/ from 192.0.2.7", "GET /join/.../ from -"),
        ("GET /programme/?q=Selam+Tesfay", "GET /programme/?..."),
        ("from 2001:db8::8a2e:370:7334 again", "from - again"),
        ("Not Found: /circles/7/", "Not Found: /circles/7/"),
    ],
)
def test_no_token_query_or_network_address_reaches_a_log(said: str, kept: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, said, (), None)
    assert NoSecretsInLogs().filter(record)
    assert record.getMessage() == kept


def test_the_arguments_of_a_log_line_are_cleaned_too() -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 0, "%s %s", ("192.0.2.7", "A" * 22), None)
    NoSecretsInLogs().filter(record)
    assert record.getMessage() == "- ..."


def test_every_handler_has_the_filter() -> None:
    from django.conf import settings

    handlers = settings.LOGGING["handlers"]
    assert handlers
    assert all("no_secrets" in handler["filters"] for handler in handlers.values())


def test_a_fault_is_told_by_kind_and_place_and_never_by_its_words() -> None:
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(PlacesOnly("%(message)s"))
    said = ["Selam wrote from 192.0.2.7", "umrFlB2WF9lujIJcUG6wNw"]
    try:
        try:
            raise ValueError(said[0])
        except ValueError as first:
            raise KeyError(said[1]) from first
    except KeyError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "It broke", (), sys.exc_info())
    handler.emit(record)
    told = kept.getvalue()
    assert told.startswith("It broke\n")
    assert told.rstrip().endswith("builtins.KeyError")
    assert "test_a_fault_is_told_by_kind" in told
    assert not any(word in told for word in ("Selam wrote", "192.0.2.7", "umrFl"))
