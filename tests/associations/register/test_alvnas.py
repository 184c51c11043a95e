"""The register of the story: the sums that everything after it stands on."""

from __future__ import annotations

import pytest

from brobygget.associations.register import RegisterReading, read_register
from brobygget.associations.register.report import summary
from brobygget.people.identity_numbers import luhn_holds
from tests.associations.register.make_alvnas_register import TARGET, as_csv


@pytest.fixture(scope="module")
def alvnas() -> RegisterReading:
    return read_register(TARGET.read_bytes())


def test_the_file_is_what_its_script_makes() -> None:
    assert TARGET.read_bytes() == as_csv()


def test_304_rows_are_295_associations_of_which_277_can_be_invited(alvnas: RegisterReading) -> None:
    sums = summary(alvnas)
    assert (sums["rows"], sums["duplicates"], sums["associations"]) == (304, 9, 295)
    assert sums["reach"] == {"email": 241, "letter": 36, "phone": 0, "none": 18}
    assert 241 + 36 == 295 - 18 == 277


def test_the_nine_duplicates_are_of_three_kinds(alvnas: RegisterReading) -> None:
    kinds = sorted(duplicate.kind for duplicate in alvnas.duplicates)
    assert kinds == ["name and town", "organisation number", "organisation number", "organisation number",
                     "similar name", "similar name", "source id", "source id", "source id"]  # fmt: skip
    assert sum(not duplicate.is_certain for duplicate in alvnas.duplicates) == 3


def test_the_hembygdsforening_is_reached_through_its_treasurer(alvnas: RegisterReading) -> None:
    (theirs,) = [r for r in alvnas.associations if r.name == "Älvnäs hembygdsförening"]
    assert (theirs.members, theirs.reach, theirs.private.contact_name) == (142, "email", "Bengt Nyström")
    assert theirs.email == "kassor@alvnashembygdsforening.example"
    assert theirs.interests == ("local_history",)


def test_nobody_in_it_can_be_real(alvnas: RegisterReading) -> None:
    for record in alvnas.records:
        assert all(
            email.endswith(".example") for email in (record.email, record.private.contact_email) if email
        )
        assert all(".example/" in website for website in record.websites)
        assert not record.org_nr or (
            record.org_nr.startswith("899999-") and luhn_holds(record.org_nr.replace("-", ""))
        )
        for phone in (record.phone, record.private.contact_phone):
            assert not phone or phone.startswith("+469803192") or "+46701740605" <= phone <= "+46701740699"


def test_letters_go_to_an_address_and_homes_are_not_shown(alvnas: RegisterReading) -> None:
    letters = [record for record in alvnas.associations if record.reach == "letter"]
    homes = [record for record in letters if record.private.care_of]
    assert len(homes) == 11
    assert all(
        not record.street and record.private.home_street and record.private.home_postcode for record in homes
    )
    assert all(record.street and record.postcode for record in letters if record not in homes)


def test_what_is_not_allowed_is_refused_and_the_row_kept(alvnas: RegisterReading) -> None:
    assert [(refusal.code, refusal.row_left_out) for refusal in alvnas.refused] == [("personnummer", False)]
    assert "121212" not in repr(alvnas)


def test_the_kinds_are_as_varied_as_a_towns(alvnas: RegisterReading) -> None:
    assert len({interest for record in alvnas.associations for interest in record.interests}) > 90
    assert len({record.city for record in alvnas.associations}) == 12
