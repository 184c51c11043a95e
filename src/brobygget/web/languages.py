"""The languages of the interface: which there are, who has read them, and which one this page is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django.conf.locale
from django.http import HttpRequest, HttpResponse
from django.utils import translation

DEFAULT = "sv"


@dataclass(frozen=True)
class Language:
    """One language that a page can be shown in."""

    code: str
    own_name: str
    english_name: str
    tag: str  # BCP 47, for <html lang>
    cldr: str  # for dates and numbers
    is_right_to_left: bool = False
    is_reviewed: bool = False  # a native reader has read the whole catalogue


LANGUAGES = (
    Language("sv", "Svenska", "Swedish", "sv", "sv", is_reviewed=True),
    Language("sv-easy", "Lätt svenska", "Easy Swedish", "sv", "sv"),
    Language("en", "English", "English", "en", "en_GB", is_reviewed=True),
    Language("ar", "العربية", "Arabic", "ar", "ar", is_right_to_left=True),
    Language("fa", "دری / فارسی", "Dari and Persian", "fa", "fa_AF", is_right_to_left=True),
    Language("ti", "ትግርኛ", "Tigrinya", "ti", "ti"),
    Language("so", "Soomaali", "Somali", "so", "so"),
    Language("uk", "Українська", "Ukrainian", "uk", "uk"),
)
BY_CODE = {language.code: language for language in LANGUAGES}


def register() -> None:
    """Tell Django of the languages that it does not know."""
    for language in LANGUAGES:
        django.conf.locale.LANG_INFO.setdefault(
            language.code,
            {
                "bidi": language.is_right_to_left,
                "code": language.code,
                "name": language.english_name,
                "name_local": language.own_name,
            },
        )


def current() -> Language:
    """The language that this page is in."""
    return BY_CODE.get(translation.get_language() or DEFAULT, BY_CODE[DEFAULT])


def wished_by(request: HttpRequest) -> str:
    """The reader's own choice, else what the participant or the browser says."""
    chosen = request.COOKIES.get("language", "")
    if chosen in BY_CODE:
        return chosen
    participant = getattr(request, "participant", None)
    if participant is not None and participant.language in BY_CODE:
        return str(participant.language)
    accepted = translation.get_language_from_request(request)
    return accepted if accepted in BY_CODE else DEFAULT


class LanguageMiddleware:
    """Show each page in its reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(wished_by(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", current().tag)
        return response


def language_context(request: HttpRequest) -> dict[str, Any]:
    """What every template knows of languages."""
    return {"language": current(), "languages": LANGUAGES}
