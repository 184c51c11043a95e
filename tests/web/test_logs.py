"""A log tells nobody who was where."""

import logging

import pytest

from brobygget.web.security import NoSecretsInLogs


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
