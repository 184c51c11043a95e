"""Days, hours and numbers in the page's language: western digits, 24 hours, the clock in Sweden."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils.translation import gettext as _

from brobygget.web import languages

SWEDEN = ZoneInfo("Europe/Stockholm")
WITH_A_POINT = {"sv"}  # 13.00 where the others write 13:00
# CLDR has no pattern for weekday, day and month in full without the year; these follow its pattern with the year.
WITHOUT_YEAR = {"ar": "EEEE، d MMMM", "ti": "EEEE፣ d MMMM", "uk": "EEEE, d MMMM"}
SHORT_IS_THE_WORD = {"fa_AF"}  # CLDR's Persian keeps the word for minutes under "short"


def locale() -> Locale:
    """The page's language as CLDR knows it."""
    return Locale.parse(languages.current().cldr)


def in_sweden(moment: date | datetime) -> date | datetime:
    """The same moment on a clock in Sweden; a bare date stays as it is."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(SWEDEN)
    return moment


def day(moment: date | datetime, with_year: bool = False) -> str:
    """Weekday, day and month in words: "fredag 22 januari"."""
    cldr = languages.current().cldr
    pattern = "full" if with_year else WITHOUT_YEAR.get(cldr, "EEEE d MMMM")
    return str(format_date(in_sweden(moment), pattern, locale=locale()))


def clock(moment: datetime | time) -> str:
    """Hour and minute on the 24-hour clock: "13.00" in Swedish, "13:00" elsewhere. A bare time stays as it is."""
    here = in_sweden(moment) if isinstance(moment, datetime) else moment
    mark = "." if languages.current().cldr in WITH_A_POINT else ":"
    return here.strftime(f"%H{mark}%M")


def day_and_clock(moment: datetime) -> str:
    """Day and hour in one breath."""
    return _("%(day)s at %(clock)s") % {"day": day(moment), "clock": clock(moment)}


def number(amount: float) -> str:
    """A number with the page's own separators."""
    return format_decimal(amount, locale=locale(), numbering_system="latn")


def minutes(amount: float) -> str:
    """A length of time, with its unit in words."""
    length: Literal["short", "long"] = "short" if languages.current().cldr in SHORT_IS_THE_WORD else "long"
    return format_unit(amount, "duration-minute", length=length, locale=locale(), numbering_system="latn")
