"""An alias in the database file tells nobody anything."""

import pytest
from django.db import connection
from django.test import override_settings

from brobygget.circles.models import Membership
from brobygget.people.models import Participant
from brobygget.people.sealed import CannotUnseal, seal, unseal


def test_an_alias_is_unreadable_in_the_database_and_readable_in_the_program(amina: Membership) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT alias FROM people_participant")
        stored = cursor.fetchone()[0]
    assert "Amina" not in stored
    assert Participant.objects.get().alias == "Amina"


def test_the_same_alias_is_sealed_differently_each_time() -> None:
    assert seal("Amina", "x.y") != seal("Amina", "x.y")


def test_a_sealed_text_cannot_be_moved_to_another_column() -> None:
    with pytest.raises(CannotUnseal):
        unseal(seal("Amina", "people_participant.alias"), "people_account.called")


def test_another_key_refuses_instead_of_showing_nonsense() -> None:
    sealed = seal("Amina", "x.y")
    with override_settings(SEAL_KEY="another"), pytest.raises(CannotUnseal):
        unseal(sealed, "x.y")
