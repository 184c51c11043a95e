"""What a register tells of private persons stays apart from what may be shown."""

from __future__ import annotations

import json

from brobygget.associations.register import AssociationRecord, read_register, report

HEAD = "Förening;c/o;Gatuadress;Postnr;Postort;Telefon;Mobil;E-post;Kontaktperson;Tel kontakt;Lokal;Övr. info"


def one(row: str) -> AssociationRecord:
    (record,) = read_register(f"{HEAD}\n{row}\n".encode()).records
    return record


def shown(row: str) -> str:
    reading = read_register(f"{HEAD}\n{row}\n".encode())
    return json.dumps(report(reading, with_private=False), ensure_ascii=False)


def test_a_home_is_where_letters_go_and_nothing_else() -> None:
    for row in ("Åby IF;c/o Anna Ek;Björkvägen 3;999 12;Åby;;;;;;;", "Åby IF;;Björkvägen 3 lgh 1102;999 12;Åby;;;;;;;",
                "Åby IF;;c/o Anna Ek, Björkvägen 3;999 12;Åby;;;;;;;"):  # fmt: skip
        record = one(row)
        assert (record.street, record.postcode, record.city, record.reach) == ("", "", "Åby", "letter")
        assert "Björkvägen" in record.private.home_street
        assert record.private.home_postcode == "999 12"
        assert "Björkvägen" not in shown(row)
        assert "Anna Ek" not in shown(row)


def test_an_association_that_meets_at_somebodys_home_does_not_say_whose() -> None:
    row = "Åby IF;;;;;;;;;;Hemma hos Anna, Björkvägen 3;"
    assert one(row).venue == ""
    assert "Björkvägen" not in shown(row)


def test_a_mobile_is_private_when_it_is_the_contacts_or_the_address_is_a_home() -> None:
    theirs = one("Åby IF;;;;;0980-319201;070-1740671;;Anna Ek;070-174 06 71;;")
    assert (theirs.phone, theirs.private.contact_phone) == ("+46980319201", "+46701740671")
    home = one("Åby IF;c/o Anna Ek;Björkvägen 3;999 12;Åby;;070-1740671;;;;;")
    assert (home.phone, home.private.contact_phone) == ("", "+46701740671")
    own = one("Åby IF;;;;;;070-1740606;;;;;")
    assert own.phone == "+46701740606"


def test_a_mobile_beside_a_name_without_a_number_is_that_persons() -> None:
    for row in ("Åby IF;;;;;;070-174 06 06;;Anna Ek;;;", "Åby IF;;;;;070-174 06 06;;;Anna Ek;;;"):
        record = one(row)
        assert (record.phone, record.private.contact_phone, record.reach) == ("", "+46701740606", "phone")
        assert "1740606" not in shown(row).replace(" ", "").replace("-", "")
    landline = one("Åby IF;;;;;0980-319201;070-174 06 06;;Anna Ek;;;")
    assert (landline.phone, landline.private.contact_phone) == ("+46980319201", "+46701740606")
    both = one("Åby IF;;;;;;070-174 06 06;;Anna Ek;070-174 06 71;;")
    assert (both.phone, both.private.contact_phone) == ("+46701740606", "+46701740671")


def test_an_address_that_names_a_person_reaches_them_and_is_not_shown() -> None:
    row = "Åby IF;;;;;;;anna.ek@aby.example;Anna Ek;;;"
    assert (one(row).email, one(row).email_names_a_person, one(row).reach) == (
        "anna.ek@aby.example",
        True,
        "email",
    )
    assert "anna" not in shown(row).casefold()
    assert one("Åby IF;;;;;;;kassor@aby.example;Anna Ek;;;").email_names_a_person is False


def test_a_number_in_the_text_is_taken_out_of_what_is_shown() -> None:
    row = "Åby IF;;;;;;;;;;;Ring Anna 070-174 06 71."
    assert one(row).description == "Ring Anna […]."
    assert one(row).private.other_phones == ("+46701740671",)
    assert "070" not in shown(row)


def test_a_contact_person_is_never_shown_whatever_the_register_says() -> None:
    text = "Förening;Kontaktperson;Publik kontakt\nÅby IF;Anna Ek;Ja\n"
    reading = read_register(text.encode())
    assert reading.records[0].private.said_public is True
    assert "Anna" not in json.dumps(report(reading, with_private=False))
