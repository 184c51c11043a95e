"""Name badges: lines to write on, or aliases that are typed for this print and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.circles import spoken
from brobygget.openhouse.forms.badges import Badge
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.views.paper_words import languages_on_paper
from brobygget.web import printing


def badges_of(openhouse: OpenHouse, badges: Sequence[Badge], *, role: str) -> bytes:
    """As many as there are, ten on a sheet. Languages are named by their own names; a flag is a state, not a language."""
    code = languages_on_paper(openhouse.house)[0]
    with translation.override(code):
        roles = {
            "host": pgettext("badge", "Language host"),
            "helper": pgettext("badge", "Helps today"),
            "visitor": pgettext("badge", "Visitor"),
        }
        data = {
            "language": code,
            "words_language": openhouse.language,
            "title": _("Name badges: %(name)s") % {"name": openhouse.name},
            "name": openhouse.name,
            "my_name": _("I am called"),
            "i_speak": _("I speak"),
            "badges": [
                {
                    "alias": one.alias,
                    "speaks": " · ".join(spoken.own_name(each) for each in one.languages),
                    "role": role,
                    "role_word": roles.get(role, ""),
                }
                for one in badges
            ],
        }
    return printing.pdf("openhouse/print/badges.typ", data)
