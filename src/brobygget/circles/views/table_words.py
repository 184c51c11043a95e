"""What a table plan says in words. The line between new and long here is in none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygget.circles import spoken
from brobygget.circles.findings import Help, Judgement, Plan, TableWhy, Weighed
from brobygget.circles.models import Table
from brobygget.circles.queries.tables import Hall, Person
from brobygget.web import languages

MOST_NAMES = 6


@dataclass(frozen=True)
class TableRow:
    """A table of one round as the leader sees it."""

    table: Table
    people: Sequence[Person]
    why: Sequence[str]
    needs_a_look: bool


@dataclass(frozen=True)
class Moved:
    """Somebody who has another table after a change."""

    called: str
    number: int
    before: int | None
    after: int | None


def _name(text: str) -> str:
    """A name that keeps to itself inside a sentence that runs the other way."""
    return f"\u2068{text}\u2069" if languages.current().is_right_to_left else text


def names(hall: Hall, people: Sequence[int]) -> str:
    """Several people in one breath; a long list says how many more."""
    known = hall.by_pk
    called = sorted((known[pk].called for pk in people if pk in known), key=str.casefold)
    called = [_name(each) for each in called]
    if len(called) > MOST_NAMES:
        more = len(called) - MOST_NAMES + 1
        called = [
            *called[: MOST_NAMES - 1],
            ngettext("%(more)d more", "%(more)d more", more) % {"more": more},
        ]
    return spoken.listed(called)


def rows(hall: Hall, judged: Judgement | None, number: int) -> list[TableRow]:
    """The tables of a round, each with why it is as it is."""
    found = []
    for table in hall.tables_in(number):
        people = hall.at(number, table)
        why = judged.why.get((number, table.number)) if judged else None
        found.append(
            TableRow(
                table,
                people,
                sentences(hall, why) if why and people else [],
                bool(why and (why.not_reached or why.breaks_a_wish)),
            )
        )
    return found


def sentences(hall: Hall, why: TableWhy) -> list[str]:
    """Why a table is as it is."""
    told = []
    if why.spoken and not why.not_reached:
        told.append(
            _("%(languages)s is spoken here.") % {"languages": _capital(spoken.names_of(why.spoken))}
            if len(why.spoken) == 1
            else _("%(languages)s are spoken here.") % {"languages": _capital(spoken.names_of(why.spoken))}
        )
    if why.interpreted_for and why.interpreters:
        told.append(
            _("%(interpreters)s interprets for %(people)s.")
            % {
                "interpreters": names(hall, why.interpreters),
                "people": names(hall, why.interpreted_for),
            }
        )
    if why.not_reached:
        told.append(
            _("%(people)s cannot follow here: there is no language in common.")
            % {"people": names(hall, why.not_reached)}
        )
    if why.breaks_a_wish:
        told.append(_("A wish of yours is not kept here."))
    if why.new_meetings:
        told.append(
            ngettext(
                "%(pairs)d pair meets for the first time.",
                "%(pairs)d pairs meet for the first time.",
                why.new_meetings,
            )
            % {"pairs": why.new_meetings}
        )
    if why.met_before:
        told.append(
            ngettext("%(pairs)d pair has met before.", "%(pairs)d pairs have met before.", why.met_before)
            % {"pairs": why.met_before}
        )
    return told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def helps(hall: Hall, judged: Judgement) -> list[str]:
    """What stands in the way, and who would make it easier."""
    if judged.unreached:
        return [_could_help(hall, pk) for pk in judged.unreached[:MOST_NAMES]]
    sharing = next((each for each in judged.helps if each.code == "shared_interpreter"), None)
    return [text for each in judged.helps if (text := _help(hall, each, is_first=each is sharing))]


def _could_help(hall: Hall, guest: int) -> str:
    """Somebody cannot follow everywhere: who here could interpret for them."""
    person = hall.by_pk[guest]
    could = [
        other.pk
        for other in hall.here
        if other.pk != guest
        and not other.guest.interprets
        and set(other.languages) & set(person.languages)
        and set(other.languages) - set(person.languages)
    ]
    facts = {
        "people": _name(person.called),
        "helpers": names(hall, could[:3]),
        "languages": spoken.names_of(person.languages),
    }
    if could:
        return (
            _(
                "%(people)s cannot follow at every table. Ask whether somebody interprets %(languages)s there,"
                " such as %(helpers)s, and mark them under “Languages”."
            )
            % facts
        )
    return (
        _(
            "%(people)s cannot follow at every table."
            " One more who speaks %(languages)s and Swedish would help."
        )
        % facts
    )


def _help(hall: Hall, each: Help, *, is_first: bool) -> str:
    more = hall.plan.one_more_gives if is_first else None
    facts = {
        "people": names(hall, each.people),
        "languages": spoken.listed([spoken.name_of(code) for code in each.languages[:3]]),
        "seats": each.seats,
        "count": len(each.people),
        "more": more,
    }
    if each.code == "shared_interpreter" and more:
        return (
            ngettext(
                "%(people)s must sit near the same few who understand %(languages)s."
                " With one more interpreter of %(languages)s there would be %(more)s more meeting.",
                "%(people)s must sit near the same few who understand %(languages)s."
                " With one more interpreter of %(languages)s there would be %(more)s more meetings.",
                more,
            )
            % facts
        )
    if each.code == "shared_interpreter" and more == 0:
        return _("%(people)s must sit near the same few who understand %(languages)s.") % facts
    if each.code == "shared_interpreter":
        return (
            _(
                "%(people)s must sit near the same few who understand %(languages)s."
                " With one more interpreter of %(languages)s they would meet more people."
            )
            % facts
        )
    if each.code == "nobody_understands":
        return (
            _(
                "%(people)s shares no language with anybody here. Somebody who interprets %(languages)s would help."
            )
            % facts
        )
    if each.code == "group_not_understood":
        return _("%(people)s are to sit together and share no language. An interpreter would help.") % facts
    if each.code in {"group_too_large", "too_few_large_tables"}:
        return _("Your wishes put more people together than a table has room for. Fewer tables would help.")
    if each.code == "too_few_tables_for_apart":
        return _("More people are not to share a table than there are tables. One more table would help.")
    if each.code == "group_holds_apart":
        return _("Two of your wishes cannot both be kept. Look at them once more.")
    return ""


def fewest(hall: Hall, judged: Judgement) -> str:
    """Who gets fewest new meetings."""
    facts = {"people": names(hall, judged.fewest), "new": judged.fewest_new}
    if not judged.fewest or len(judged.fewest) > MOST_NAMES:
        return (
            ngettext(
                "Everybody meets at least %(new)d new person.",
                "Everybody meets at least %(new)d new people.",
                judged.fewest_new,
            )
            % facts
        )
    return (
        ngettext(
            "Fewest: %(people)s, with %(new)d new person.",
            "Fewest: %(people)s, with %(new)d new people.",
            judged.fewest_new,
        )
        % facts
    )


def moved(hall: Hall, before: Plan) -> list[Moved]:
    """Who has another table than before the last change, in the rounds to come."""
    found = []
    for each in hall.open:
        was = {pk: table for table, guests in before.get(each.number, {}).items() for pk in guests}
        now = {pk: table for table, guests in hall.seats.get(each.number, {}).items() for pk in guests}
        found += [
            Moved(person.called, each.number, was.get(person.pk), now.get(person.pk))
            for person in hall.people
            if was.get(person.pk) != now.get(person.pk)
        ]
    return found


def consequences(hall: Hall, weighed: Weighed) -> list[str]:
    """What a move would change, before it is kept."""
    told = []
    for guest, table in weighed.no_longer_follow:
        told.append(
            _("%(people)s could not follow at table %(table)d: there is no language in common.")
            % {"people": names(hall, [guest]), "table": table}
        )
    if weighed.breaks_wishes:
        told.append(_("A wish of yours would not be kept."))
    if weighed.follow_again:
        told.append(
            ngettext(
                "%(count)d more person could follow at their table.",
                "%(count)d more people could follow at their table.",
                weighed.follow_again,
            )
            % {"count": weighed.follow_again}
        )
    lost, gained = len(weighed.lost), len(weighed.gained)
    if lost:
        told.append(
            ngettext(
                "%(count)d meeting would be lost: %(pairs)s.",
                "%(count)d meetings would be lost: %(pairs)s.",
                lost,
            )
            % {"count": lost, "pairs": _pairs(hall, weighed.lost)}
        )
    if gained:
        told.append(
            ngettext("%(count)d new meeting: %(pairs)s.", "%(count)d new meetings: %(pairs)s.", gained)
            % {"count": gained, "pairs": _pairs(hall, weighed.gained)}
        )
    if weighed.uneven:
        told.append(_("One table gets more people than another."))
    return told or [_("Nothing is lost by this.")]


def _pairs(hall: Hall, pairs: Sequence[tuple[int, int]]) -> str:
    known = hall.by_pk
    words = [f"{_name(known[one].called)} – {_name(known[two].called)}" for one, two in pairs[:4]]
    if len(pairs) > 4:
        words.append(ngettext("%(more)d more", "%(more)d more", len(pairs) - 4) % {"more": len(pairs) - 4})
    return ", ".join(words)
