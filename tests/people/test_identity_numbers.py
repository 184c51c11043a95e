"""The detector: what it must find, and what it must leave alone."""

from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygget.people.identity_numbers import (
    find_identity_numbers,
    looks_like_identity_number,
    luhn_holds,
    without_identity_numbers,
)

# The tax agency's public test person Tolvan and invented numbers built below; none belongs to anybody.
TOLVAN = "121212-1212"


def check_digit(nine: str) -> str:
    return next(d for d in "0123456789" if luhn_holds(nine + d))


@st.composite
def births(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    serial = draw(st.integers(1, 999))
    shift = draw(st.sampled_from([0, 60]))
    nine = f"{day:%y%m}{day.day + shift:02d}{serial:03d}"
    return f"{day.year // 100}" + nine + check_digit(nine)


@pytest.mark.parametrize(
    "text",
    [
        TOLVAN, "1212121212", "121212+1212", "121212 1212", "19121212-1212", "191212121212", "19121212 1212",
        "121212\u20131212", "1912-12-12-1212", "Pnr 121212-1212.", "kassör (121212-1212) nås på kvällen",
        "١٢١٢١٢-١٢١٢", "121212\u00a01212", "personnr: 0101011234", "121272-1219", "121212-T123",
        "LMA-nr 50123456", "dossiernummer: 12 345 678", "51-234567/8", "121212-1213",
    ],
)  # fmt: skip
def test_a_persons_number_is_found(text: str) -> None:
    assert looks_like_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "899999-0016", "8999990016", "168999990024", "802002-4487", "212000-0142", "556016-0680", "5560160680",
        "0701740606", "070-174 06 06", "070 - 174 0609", "+46 70 1740607", "+46701740606", "0980/319 203",
        "08-580 117 42", "0311203456", "0920-123 45", "070174 0606", "999 11", "99911", "SE-999 12",
        "2026-01-14", "20260114", "14.03.2009", "2026-01-14 08:12", "2009-mar-14", "2025-09-01--2026-06-01",
        "600 kr", "1200:-", "18:00-19:30", "12345", "123 456 78 90", "bg 5050-1055", "pg 12 34 56-7", "ISBN 9789100123456",
        "121313-1212", "120230-1215", "121212-121", "121212-12123", "år 1999-2012", "", "8,99999E+09", "65.82520,21.68860",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_identity_numbers(text) == ()


def test_ten_digits_that_may_be_a_telephone_number_count_where_none_is_expected() -> None:
    nine = "050203123"
    text = nine + check_digit(nine)
    assert not looks_like_identity_number(text)
    assert looks_like_identity_number(text, may_be_telephone=False)


def test_the_kinds_are_told_apart() -> None:
    text = "121212-1212, 121272-1219, 121212-T123, 51-234567/8"
    assert [n.kind for n in find_identity_numbers(text)] == [
        "personnummer", "samordningsnummer", "interim number", "asylum case number",
    ]  # fmt: skip


def test_the_number_is_taken_out_and_the_rest_stays() -> None:
    assert without_identity_numbers("Pnr 121212-1212. Ring 070-174 06 06.") == "Pnr […]. Ring 070-174 06 06."


def test_what_is_found_never_carries_the_digits() -> None:
    assert "1212" not in repr(find_identity_numbers(TOLVAN))


@given(
    births(), st.sampled_from(["", "-", "+", " ", " - "]), st.booleans(), st.text("abcåäö .,:()", max_size=8)
)
def test_every_written_form_of_every_number_is_found(
    number: str, joint: str, century: bool, around: str
) -> None:
    short = number[:8] if century else number[2:8]
    text = around + short + joint + number[8:] + around
    (found,) = find_identity_numbers(text, may_be_telephone=False)
    assert text[found.start : found.end].strip().endswith(number[-4:])
    assert not looks_like_identity_number(
        without_identity_numbers(text, may_be_telephone=False), may_be_telephone=False
    )


@given(st.integers(20, 99), st.integers(0, 9_999), st.sampled_from(["", "-"]), st.sampled_from(["", "16"]))
def test_no_organisation_number_is_taken_for_a_person(month: int, rest: int, joint: str, prefix: str) -> None:
    nine = f"80{month}{rest % 100:02d}{rest // 100:03d}"
    number = nine + check_digit(nine)
    assert not looks_like_identity_number(prefix + number[:6] + joint + number[6:], may_be_telephone=False)


@given(
    st.sampled_from(["8", "31", "40", "920", "921", "70", "72", "73", "76", "79", "10", "11"]),
    st.integers(0, 9_999_999),
)
def test_no_swedish_telephone_number_in_its_usual_forms_is_taken_for_a_person(area: str, rest: int) -> None:
    number = phonenumbers.parse(f"+46{area}{rest:07d}", None)
    national = f"0{area}{rest:07d}"
    forms = [
        national, f"0{area}-{rest:07d}", f"+46{area}{rest:07d}",
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL),
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
    ]  # fmt: skip
    assert [f for f in forms if looks_like_identity_number(f)] == []


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.times())
def test_dates_and_hours_are_left_alone(day: date, hour: object) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d/%m %Y", "%Y-%m-%d " + f"{hour:%H:%M}", "%y%m%d"):
        assert not looks_like_identity_number(day.strftime(form))


@given(st.text())
def test_any_text_is_answered_and_the_places_lie_inside_it(text: str) -> None:
    for number in find_identity_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
