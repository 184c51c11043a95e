"""What the directory knows, as sentences and pictures in the page's language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from babel.dates import get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.associations.models import Association, Known
from brobygget.associations.queries.cards import Card, CardTime
from brobygget.associations.queries.fitting import Found, Reason
from brobygget.web import languages, moments

_A_SUM = re.compile(
    r"\b(?:kr|kronor|sek|(?:per|om) året?|år|årligen|avgift|medlemsavgift|årsavgift|gratis|avgiftsfritt?|kostnadsfritt?)\b"
)
_MORE_THAN_A_SUM = re.compile(r"[^\W\d_]{2,}|\d\s*[^\d\s:.,]\D*\d")


@dataclass(frozen=True)
class Fact:
    """One thing that a newcomer wants to know, with its picture."""

    icon: str
    text: str
    language: str = ""  # set where somebody else wrote it
    state: str = "yes"  # yes, no, or ask where nobody has said

    @property
    def picture(self) -> str:
        """The pictogram; an interest is called "languages" too, and has a picture of its own."""
        return "speech" if self.icon == "languages" else self.icon


def weekday(number: int) -> str:
    """Monday to Sunday, in the page's language."""
    return str(get_day_names("wide", context="stand-alone", locale=moments.locale())[number])


def hour(clock: str) -> str:
    """ "18:00" as the page's language writes it."""
    return clock.replace(":", ".") if languages.current().cldr in moments.WITH_A_POINT else clock


def hours(time: CardTime) -> str:
    """From when to when, as far as it is known; the earlier hour stays to the left in every language."""
    told = "–".join(hour(one) for one in (time.starts, time.ends) if one)
    return f"\u2066{told}\u2069" if told and languages.current().is_right_to_left else told


def when(time: CardTime) -> str:
    """One time to meet: "Tuesday 18.00–20.00", "every other Tuesday"."""
    facts = {"day": weekday(time.weekday), "hours": hours(time)}
    if time.frequency == "MONTHLY" and time.nth:
        if time.nth < 0:
            told = _("the last %(day)s of the month %(hours)s")
        else:
            told = _("%(day)s number %(nth)s of the month %(hours)s")
            facts["nth"] = str(time.nth)
    elif time.interval == 2:
        told = _("every other %(day)s %(hours)s")
    elif time.interval > 2:
        told = _("%(day)s every %(interval)s weeks %(hours)s")
        facts["interval"] = str(time.interval)
    else:
        told = "%(day)s %(hours)s"
    return (told % facts).strip()


def part_of_week(time: CardTime) -> str:
    """A time as one chooses it: "Tuesday evening"."""
    day = weekday(time.weekday)
    if time.part == "evening":
        return _("%(day)s evening") % {"day": day}
    if time.part == "day":
        return _("%(day)s in the daytime") % {"day": day}
    return day


def language_name(code: str) -> str:
    """What a language is called in the page's language, else what it calls itself."""
    known = languages.BY_CODE.get(code)
    name = moments.locale().languages.get("fa_AF" if code == "prs" else code.replace("-", "_"), "")
    return name or (known.own_name if known else code)


def because(found: Found) -> str:
    """Why this one is here, in one sentence; nothing where it only fits by chance."""
    picks = []
    code = languages.current().code
    for reason in found.reasons:
        if reason.code == "interest" and reason.interest is not None:
            picks.append(reason.interest.label(code).text)
        elif reason.code == "time" and reason.time is not None:
            picks.append(part_of_week(reason.time))
    if len(picks) > 1:
        return _("Because you chose %(one)s and %(two)s") % {"one": picks[0], "two": picks[-1]}
    if picks:
        return _("Because you chose %(one)s") % {"one": picks[0]}
    for reason in found.reasons:
        if reason.code == "group" and reason.interest is not None:
            return _("Close to what you chose: %(what)s") % {"what": reason.interest.label(code).text}
        if reason.code == "called" and reason.interest is not None:
            return _("It is about %(what)s") % {"what": reason.interest.label(code).text}
    return next((told for reason in found.reasons if (told := _where_the_word_is(reason))), "")


def _where_the_word_is(reason: Reason) -> str:
    """Where a word that was looked for stands."""
    if reason.code == "named":
        return _("Your word is in its name")
    if reason.code == "other-name":
        return _("It is also called %(name)s") % {"name": reason.word}
    if reason.code == "told":
        return _("Somebody speaks %(language)s") % {"language": language_name(reason.word)}
    if reason.code == "at":
        return _("It is in %(place)s") % {"place": reason.word}
    return _("Your word is in what it tells about itself") if reason.code == "text" else ""


def also(found: Found) -> list[Fact]:
    """The other reasons, short."""
    told = [_reason(reason) for reason in found.reasons]
    return [one for one in told if one is not None]


def _reason(reason: Reason) -> Fact | None:
    if reason.code == "speaks":
        return Fact("languages", _("Somebody speaks %(language)s") % {"language": language_name(reason.word)})
    if reason.code == "no-swedish":
        return Fact("message-circle", _("Little Swedish is enough"))
    if reason.code == "try-free":
        return Fact("gift", _("The first time is free"))
    if reason.code == "free":
        return Fact("coins", _("It costs nothing"))
    if reason.code == "card":
        return Fact("ticket", _("It takes Fritidskortet"))
    if reason.code == "place":
        return Fact("map-pin", reason.word, language="sv")
    return None


def ages(youngest: int | None, oldest: int | None) -> str:
    """For which ages, where somebody has said."""
    if youngest and oldest:
        return _("From %(youngest)s to %(oldest)s years old") % {"youngest": youngest, "oldest": oldest}
    if youngest:
        return _("From %(youngest)s years old") % {"youngest": youngest}
    if oldest:
        return _("Up to %(oldest)s years old") % {"oldest": oldest}
    return ""


def fee(card: Card | Association) -> Fact:
    """What it costs to be a member."""
    if card.fee_sek == 0:
        return Fact("coins", _("It costs nothing to be a member"))
    if card.fee_sek is not None:
        amount = moments.number(card.fee_sek)
        return Fact("coins", _("Membership costs %(amount)s kronor") % {"amount": amount})
    if card.fee_text:
        return Fact("coins", card.fee_text, language=card.language)
    return Fact("coins", _("Ask what it costs"), state="ask")


def more_of_fee(one: Card | Association) -> list[Fact]:
    """What the association itself says beside the sum: for whom it is free, what a family pays."""
    if one.fee_sek is None or not _MORE_THAN_A_SUM.search(_A_SUM.sub("", one.fee_text.casefold())):
        return []
    return [Fact("coins", one.fee_text, language=one.language)]


def facts_of(one: Association | Card) -> list[Fact]:
    """What a newcomer wants to know first; what nobody has said is told as something to ask."""
    codes = one.language_codes if isinstance(one, Association) else one.languages
    facts = [_first_time(one), fee(one), *more_of_fee(one), _swedish(one)]
    if codes:
        named = ", ".join(language_name(code) for code in codes)
        facts.append(Fact("languages", _("Spoken here: %(languages)s") % {"languages": named}))
    facts += [_gear(one), _step_free(one)]
    if told := ages(one.minimum_age, one.maximum_age):
        facts.append(Fact("users", told))
    if one.open_to == Association.OpenTo.WOMEN:
        facts.append(Fact("users-round", _("For girls and women")))
    elif one.open_to == Association.OpenTo.MEN:
        facts.append(Fact("users-round", _("For boys and men")))
    if one.fritidskort == Known.YES:
        facts.append(Fact("ticket", _("It takes Fritidskortet (8–16 years old)")))
    return facts


def _first_time(one: Association | Card) -> Fact:
    if one.try_free == Known.YES:
        return Fact("gift", _("The first time is free"))
    if one.try_free == Known.NO:
        return Fact("gift", _("The first time costs something"), state="no")
    return Fact("gift", _("Ask if you can try first"), state="ask")


def _swedish(one: Association | Card) -> Fact:
    needed = Association.SwedishNeeded
    if one.swedish_needed == needed.NONE:
        return Fact("message-circle", _("You need no Swedish"))
    if one.swedish_needed == needed.LITTLE or one.little_swedish == Known.YES:
        return Fact("message-circle", _("A little Swedish is enough"))
    if one.swedish_needed == needed.SOME:
        return Fact("message-circle", _("You need some Swedish"), state="no")
    if one.swedish_needed == needed.GOOD:
        return Fact("message-circle", _("You need good Swedish"), state="no")
    return Fact("message-circle", _("Ask how much Swedish you need"), state="ask")


def _gear(one: Association | Card) -> Fact:
    gear = Association.Gear
    if one.gear == gear.NOT_NEEDED:
        return Fact("backpack", _("You need not bring anything"))
    if one.gear == gear.TO_LEND:
        return Fact("backpack", _("You can borrow what you need"))
    if one.gear == gear.BRING:
        return Fact("backpack", _("Bring your own things"), state="no")
    return Fact("backpack", _("Ask what to bring"), state="ask")


def _step_free(one: Association | Card) -> Fact:
    if one.step_free == Known.YES:
        return Fact("accessibility", _("No steps: you can come with a wheelchair or a pram"))
    if one.step_free == Known.NO:
        return Fact("accessibility", _("There are steps"), state="no")
    return Fact("accessibility", _("Ask if there are steps"), state="ask")


def said_by_whom(association: Association) -> str:
    """Who stands by what is written here."""
    if association.last_confirmed_on:
        return pgettext("said by", "The association has confirmed this")
    return pgettext("said by", "From the town's register; the association has not confirmed it yet")
