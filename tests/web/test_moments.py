from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from brobygget.web import moments

FRIDAY = datetime(2027, 1, 22, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("sv", "fredag 22 januari 13.05"),
        ("sv-easy", "fredag 22 januari 13.05"),
        ("en", "Friday 22 January 13:05"),
        ("ar", "الجمعة، 22 يناير 13:05"),
        ("fa", "جمعه 22 جنوری 13:05"),
        ("ti", "ዓርቢ፣ 22 ጥሪ 13:05"),
        ("so", "Jimco 22 Janaayo 13:05"),
        ("uk", "пʼятниця, 22 січня 13:05"),
    ],
)
def test_a_moment_is_told_in_words_with_western_digits_and_24_hours(code: str, told: str) -> None:
    with translation.override(code):
        assert f"{moments.day(FRIDAY)} {moments.clock(FRIDAY)}" == told


def test_the_clock_is_the_one_in_sweden_in_summer_too() -> None:
    with translation.override("en"):
        assert moments.clock(datetime(2027, 7, 23, 23, 30, tzinfo=UTC)) == "01:30"
        assert moments.day(datetime(2027, 7, 23, 23, 30, tzinfo=UTC)) == "Saturday 24 July"


def test_a_bare_day_stays_that_day() -> None:
    with translation.override("sv"):
        assert moments.day(date(2027, 4, 24)) == "lördag 24 april"
        assert moments.day(date(2027, 4, 24), with_year=True) == "lördag 24 april 2027"


@pytest.mark.parametrize(
    ("code", "number", "length"),
    [
        ("sv", "12\xa0345,5", "24 minuter"),
        ("en", "12,345.5", "24 minutes"),
        ("ar", "12,345.5", "24 دقيقة"),
        ("fa", "12,345.5", "24 دقیقه"),
        ("uk", "12\xa0345,5", "24 хвилини"),
    ],
)
def test_numbers_follow_the_language_with_western_digits(code: str, number: str, length: str) -> None:
    with translation.override(code):
        assert moments.number(12345.5) == number
        assert moments.minutes(24) == length
