"""Swedish words on a page that runs from right to left keep their full stop where it belongs."""

from __future__ import annotations

import gettext

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from brobygget.web.borrowed import FROM_LEFT, SO_FAR, Borrowed, bare, keep_directions


class Lender(gettext.NullTranslations):
    """A catalogue of two sentences."""

    def gettext(self, message: str) -> str:
        return {"Hi.": "Hej."}.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "En dag." if n == 1 else "%d dagar."


def test_a_borrowed_sentence_runs_from_left_to_right_with_its_full_stop() -> None:
    borrowed = Borrowed(Lender())
    assert borrowed.gettext("Hi.") == f"{FROM_LEFT}Hej.{SO_FAR}"
    assert [borrowed.ngettext("A day.", "%d days.", n) for n in (1, 2)] == [
        f"{FROM_LEFT}En dag.{SO_FAR}",
        f"{FROM_LEFT}%d dagar.{SO_FAR}",
    ]
    assert bare(borrowed.gettext("Hi.")) == "Hej."


def test_nothing_is_borrowed_where_there_is_nothing() -> None:
    assert Borrowed(Lender()).gettext(" ") == " "


def test_every_language_from_right_to_left_borrows_so_and_no_other_does() -> None:
    keep_directions()
    kinds = {
        code: isinstance(trans_real.translation(code)._fallback, Borrowed)
        for code in ("ar", "fa", "so", "uk", "ti")
    }
    assert kinds == {"ar": True, "fa": True, "so": False, "uk": False, "ti": False}


def test_a_sentence_that_persian_lacks_is_kept_together_and_one_that_it_has_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, lent = "Persian has this.", "Persian lacks this."
    with translation.override("fa"):
        catalogue = trans_real.translation("fa")
        monkeypatch.setitem(catalogue._catalog._catalogs[0], own, "این هست.")
        assert translation.gettext(own) == "این هست."
        assert translation.gettext(lent) == f"{FROM_LEFT}{lent}{SO_FAR}"
