"""A sentence with a number that nobody has translated yet stands in Swedish, as every other sentence does."""

from __future__ import annotations

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.utils import translation

from brobygget.commandline import messages


def test_only_what_is_translated_is_compiled() -> None:
    catalogue = Catalog(locale="uk")
    catalogue.add(("%d day", "%d days"), ("", "", ""))
    catalogue.add(("%d hour", "%d hours"), ("%d година", "%d години", "%d годин"))
    catalogue.add("Yes", "")
    catalogue.add("No", "Ні")
    read = read_mo(io.BytesIO(messages.as_mo(catalogue)))
    assert sorted((list(message.id), list(message.string)) for message in read if message.id) == [
        (["%d hour", "%d hours"], ["%d година", "%d години", "%d годин"]),
        (["N", "o"], ["Н", "і"]),
    ]
    assert read.num_plurals == 3


@pytest.mark.parametrize("language", ["ti", "sv-easy"])
def test_a_number_of_people_is_said_in_swedish_where_there_is_nothing_else(language: str) -> None:
    with translation.override(language):
        said = [
            translation.ngettext("%(before)s person before you", "%(before)s people before you", number)
            for number in (1, 4)
        ]
    assert said == ["%(before)s person före dig", "%(before)s personer före dig"]
