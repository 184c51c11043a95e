"""Words borrowed from Swedish: what nobody has translated yet, on a page that runs from right to left."""

from __future__ import annotations

import gettext

from django.utils.translation import trans_real

from brobygget.web.languages import LANGUAGES

# Unicode's marks around a piece of text that runs from left to right, its full stop included.
FROM_LEFT, SO_FAR = "\u2066", "\u2069"


class Borrowed(gettext.NullTranslations):
    """Another catalogue's words, each kept together in its own direction."""

    def __init__(self, lender: gettext.NullTranslations) -> None:
        super().__init__()
        self.add_fallback(lender)

    def gettext(self, message: str) -> str:
        return _kept_together(super().gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _kept_together(super().ngettext(msgid1, msgid2, n))


def _kept_together(words: str) -> str:
    return f"{FROM_LEFT}{words}{SO_FAR}" if words.strip() else words


def bare(words: str) -> str:
    """The words without their marks: for comparing, never for showing."""
    return words.strip(FROM_LEFT + SO_FAR)


def keep_directions() -> None:
    """Let each language that runs from right to left borrow Swedish words in their own direction."""
    for language in LANGUAGES:
        if language.is_right_to_left:
            catalogue = trans_real.translation(language.code)
            # A catalogue can be given one more lender, but offers no way to take another instead.
            vars(catalogue)["_fallback"] = Borrowed(trans_real.translation("sv"))
