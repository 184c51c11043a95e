"""Single cells: contacts, facts, times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from brobygget.associations.register import Schedule, contacts, facts, meetings
from brobygget.associations.register.cells import RowNotes, in_ordinary_case, plain_text
from brobygget.associations.register.facts import Ages, Fee

Reader = Callable[[str, str, RowNotes], Any]


def noted(read: Reader, text: str) -> tuple[Any, list[str]]:
    notes = RowNotes(1, 50)
    return read(text, "column", notes), [problem.code for problem in notes.problems]


@pytest.mark.parametrize(
    ("text", "addresses", "codes"),
    [
        ("info@a.example", ("info@a.example",), []),
        (" Info@A.Example ", ("info@a.example",), ["case_space"]),
        ("info@a.example; kassor@b.example", ("info@a.example", "kassor@b.example"), ["two_emails"]),
        ("info@aby.sekassor@aby.se", ("info@aby.se", "kassor@aby.se"), ["run_together_emails"]),
        ("a@x.comb@y.nuc@z.org", ("a@x.com", "b@y.nu", "c@z.org"), ["run_together_emails"]),
        ("info(at)a.example", ("info@a.example",), ["at_obfuscated"]),
        ("info [at] a [dot] example", ("info@a.example",), ["at_obfuscated"]),
        ("Anna <anna@a.example>", ("anna@a.example",), ["case_space"]),
        ("mailto:info@a.example", ("info@a.example",), ["case_space"]),
        ("ring i stället", (), ["bad_email"]),
        ("@@@@", (), ["bad_email"]),
        ("", (), []),
    ],
)
def test_emails(text: str, addresses: tuple[str, ...], codes: list[str]) -> None:
    assert noted(contacts.emails_in, text) == (addresses, codes)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("070-174 06 06", ("+46701740606",)),
        ("070 - 174 0609", ("+46701740609",)),
        ("0980/319 203", ("+46980319203",)),
        ("+46 70 1740607", ("+46701740607",)),
        ("0046701740607", ("+46701740607",)),
        ("701740606", ("+46701740606",)),
        ("08-465 004 00 / 0980-319201", ("+46846500400", "+46980319201")),
        ("0980-319201 eller 070-1740606", ("+46980319201", "+46701740606")),
        ("0980-319201 (kvällstid)", ("+46980319201",)),
        ("hemligt", ()),
        ("12", ()),
    ],
)
def test_telephone_numbers(text: str, numbers: tuple[str, ...]) -> None:
    assert noted(contacts.phones_in, text)[0] == numbers


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("www.aby.example", ("https://www.aby.example/",)),
        ("HTTP://Aby.example/Sida?x=1", ("http://aby.example/Sida?x=1",)),
        ("<a href='https://aby.example/'>Hemsida</a>", ("https://aby.example/",)),
        ("aby.example, facebook.com/aby", ("https://aby.example/", "https://facebook.com/aby")),
        ("javascript:alert(1)", ()),
        ("data:text/html,x", ()),
        ("https://user:pw@aby.example/", ()),
        ("http://[::1", ()),
        ("finns på facebook", ()),
    ],
)
def test_web_addresses(text: str, addresses: tuple[str, ...]) -> None:
    assert noted(contacts.websites_in, text)[0] == addresses


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("99911", "999 11"),
        ("SE-999 12", "999 12"),
        ("S-99913", "999 13"),
        ("999 14 Åby", "999 14"),
        ("9991", ""),
        ("", ""),
    ],
)
def test_postcodes(text: str, postcode: str) -> None:
    assert noted(contacts.postcode_in, text)[0] == postcode


def test_a_number_in_free_text_is_moved_to_what_is_private() -> None:
    (kept, numbers), codes = noted(contacts.without_phones, "Ring Anna 070-174 06 06, år 2024-2025.")
    assert (kept, numbers, codes) == ("Ring Anna […], år 2024-2025.", ("+46701740606",), ["phone_in_text"])


@pytest.mark.parametrize(
    ("text", "low", "high", "codes"),
    [
        ("7-12", 7, 12, []),
        ("05-20", 5, 20, ["leading_zero"]),
        ("6+", 6, None, []),
        ("från 6 år", 6, None, []),
        ("upp till 12 år", 0, 12, []),
        ("Alla", 0, None, []),
        ("0-99 år", 0, None, ["no_upper_age"]),
        ("7–12 år", 7, 12, []),
        ("07-dec", 7, 12, ["excel_date_mangled_age"]),
        ("12-jul", 7, 12, ["excel_date_mangled_age"]),
        ("jun-80", 6, 80, ["excel_date_mangled_age"]),
        ("2026-12-07", 7, 12, ["excel_date_mangled_age"]),
        ("1980-06-01", 6, 80, ["excel_date_mangled_age"]),
        ("Barn (0-6 år); Ungdom (13-19 år)", 0, 19, []),
        ("vuxna", 18, None, []),
        ("födda 2012", None, None, ["ages_as_text"]),
        ("400-900", None, None, ["ages_as_text"]),
        ("", None, None, []),
    ],
)
def test_ages(text: str, low: int | None, high: int | None, codes: list[str]) -> None:
    assert noted(facts.ages_in, text) == (Ages(low, high), codes)


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("600", Fee(600)),
        ("1200:-", Fee(1200)),
        ("1 200 kr", Fee(1200)),
        ("700,00", Fee(700)),
        ("gratis", Fee(0)),
        ("frivillig", Fee(0, is_voluntary=True)),
        ("100 kr barn, 300 kr vuxen", Fee(300)),
        ("-", Fee()),
        ("fråga styrelsen", Fee()),
        ("0 kr", Fee(0)),
        ("Ingen medlemsavgift", Fee(0)),
        ("gratis för alla", Fee(0)),
        ("300 kr (barn gratis)", Fee(300)),
        ("600 kr, första gången gratis", Fee(600)),
        ("150 kr om året, barn gratis", Fee(150)),
        ("Gratis upp till 18 år, därefter 200", Fee(200)),
        ("300 kr, frivillig gåva", Fee(300)),
        ("Gratis för barn under 12 år", Fee()),
        ("0 kr för barn", Fee()),
        ("Första gången gratis", Fee()),
        ("Första 2 gångerna gratis", Fee()),
        ("prova gratis", Fee()),
    ],
)
def test_fees(text: str, fee: Fee) -> None:
    assert noted(facts.fee_in, text)[0] == fee


def test_what_is_said_of_the_fee_says_also_whether_the_first_time_is_free() -> None:
    free = [
        text
        for text in (
            "600 kr, första gången gratis", "Gratis första gången", "Prova på gratis", "300 kr (barn gratis)", "gratis",
            "första gången 50 kr, barn gratis",
        )
        if facts.first_time_is_free(text)
    ]  # fmt: skip
    assert free == ["600 kr, första gången gratis", "Gratis första gången", "Prova på gratis"]


@pytest.mark.parametrize(
    ("text", "number", "codes"),
    [
        ("8999990016", "899999-0016", []),
        ("168999990016", "899999-0016", []),
        ("899999-0017", "899999-0017", ["bad_checksum"]),
        ("8,99999E+09", "", ["excel_scientific"]),
        ("8.99999e+09", "", ["excel_scientific"]),
        ("söks", "söks", ["bad_org_nr"]),
        ("", "", ["missing"]),
    ],
)
def test_organisation_numbers(text: str, number: str, codes: list[str]) -> None:
    assert noted(facts.org_nr_in, text) == (number, codes)


@pytest.mark.parametrize(
    ("text", "schedules", "review"),
    [
        ("tisdagar 18:00-19:30", [("FREQ=WEEKLY;BYDAY=TU", "18:00", "19:30")], False),
        ("Torsdag kl. 17:30", [("FREQ=WEEKLY;BYDAY=TH", "17:30", "")], False),
        ("onsdag kl 18.00-20.00", [("FREQ=WEEKLY;BYDAY=WE", "18:00", "20:00")], False),
        ("sista torsdag kl 19.00-20.30", [("FREQ=MONTHLY;BYDAY=-1TH", "19:00", "20:30")], False),
        ("första måndag i månaden kl 18", [("FREQ=MONTHLY;BYDAY=1MO", "18:00", "")], False),
        ("varannan tor 10-12 (ej jul)", [("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "10:00", "12:00")], True),
        ("tis och tors 18-20", [("FREQ=WEEKLY;BYDAY=TU,TH", "18:00", "20:00")], False),
        ("mån-fre 9-12", [("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00", "12:00")], False),
        (
            "mån 18-19, ons 19-20",
            [("FREQ=WEEKLY;BYDAY=MO", "18:00", "19:00"), ("FREQ=WEEKLY;BYDAY=WE", "19:00", "20:00")],
            False,
        ),
        ("enligt schema", [], True),
        ("tisdag kl 45", [("FREQ=WEEKLY;BYDAY=TU", "", "")], True),
        ("", [], False),
    ],
)
def test_times_to_meet(text: str, schedules: list[tuple[str, str, str]], review: bool) -> None:
    found, codes = noted(meetings.schedules_in, text)
    assert found == tuple(Schedule(*each) for each in schedules)
    assert (codes == ["free_text_schedule"]) == review


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("", {}),
        ("Ramp, Handikapptoalett", {"ramp": "yes", "toilet": "yes"}),
        ("Delvis", {"step_free": "partly"}),
        ("Nej", {"step_free": "no"}),
        ("Ramp; ej hiss", {"ramp": "yes", "lift": "no"}),
        ("?", {}),
    ],
)
def test_access(text: str, known: dict[str, str]) -> None:
    assert noted(facts.accessibility_in, text) == (known, [])


def test_languages_and_answers() -> None:
    assert noted(facts.languages_in, "svenska/engelska; dari och somaliska") == (("sv", "en", "fa", "so"), [])
    assert noted(facts.languages_in, "klingonska") == ((), ["unknown_language"])
    assert [facts.answer_in(text, "c", RowNotes(1, 9)) for text in ("Ja", "x", "1", "nej", "0", "", "-")] == [
        True, True, True, False, False, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "date"),
    [("2009-03-14", "2009-03-14"), ("14.03.2009", "2009-03-14"), ("2009-mar-14", "2009-03-14"), ("20090314", "2009-03-14"),
     ("14 maj 2009", "2009-05-14"), ("2009-02-30", ""), ("igår", "")],
)  # fmt: skip
def test_dates(text: str, date: str) -> None:
    assert facts.date_in(text) == date


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<script>alert(1)</script> Mek.", "Mek."),
        ("<b>Hej</b> &amp; <img src=x onerror=y> då", "Hej & då"),
        ("a < b och b > a, <3", "a < b och b > a, <3"),
        ("&lt;script&gt;x&lt;/script&gt;", ""),
    ],
)
def test_markup_never_comes_through(text: str, plain: str) -> None:
    assert plain_text(text, "c", RowNotes(1, 9)) == plain


def test_capitals_become_a_name_and_abbreviations_stay() -> None:
    assert in_ordinary_case("IFK ÖVRE FORSEN OCH VÄNNER") == "IFK Övre Forsen och Vänner"
