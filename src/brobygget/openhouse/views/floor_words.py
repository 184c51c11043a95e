"""What is said about the floor, in whole sentences: what is not kept, and what would have to give."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from brobygget.openhouse.findings import Fault, Judgement, Unmet, Weighed
from brobygget.openhouse.models import Position
from brobygget.openhouse.queries.floor import Floor, Needs
from brobygget.web import moments


@dataclass(frozen=True)
class Broken:
    """One thing that is not kept, and what would have to give."""

    text: str
    give: str
    stands: tuple[int, ...]


def isolated(name: str) -> str:
    """A name in a sentence of another direction."""
    return f"\u2068{name}\u2069"


def _who(floor: Floor, stand: int | None) -> str:
    found = floor.by_stand.get(stand or 0)
    return isolated(found.name) if found else pgettext("association", "somebody who no longer comes")


def needs(one: Needs) -> list[tuple[str, str]]:
    """What a stand needs: an icon and a word for each."""
    found = []
    if one.watts:
        text = _("%(watts)s W") % {"watts": moments.number(one.watts)}
        found.append(("zap", f"{text} ({isolated(one.power_for)})" if one.power_for else text))
    if one.step_free:
        found.append(("accessibility", _("without steps")))
    if one.is_loud:
        found.append(("volume-2", pgettext("stand", "loud")))
    if one.is_quiet:
        found.append(("messages-square", _("one must be able to talk")))
    if one.floor:
        found.append(("layout-grid", _("free floor")))
    return found


def unmet(floor: Floor, one: Unmet) -> Broken:
    """A need that is not kept."""
    stand = floor.by_stand.get(one.stand)
    table = floor.table_of(one.stand)
    facts = {
        "name": _who(floor, one.stand),
        "other": _who(floor, one.other),
        "number": table.number if table else 0,
        "watts": moments.number(stand.watts) if stand else "",
    }
    sentences = {
        "place": (
            _("%(name)s has no table."),
            _("One more table, or one that does with less."),
        ),
        "step_free": (
            _("%(name)s cannot get to table %(number)d without steps."),
            _("Somebody at a table without steps who does not need it changes with them."),
        ),
        "power": (
            _("%(name)s has no electricity at table %(number)d."),
            _("They leave something at home (%(watts)s W), or one more circuit is drawn."),
        ),
        "noise": (
            _("%(name)s is loud, and %(other)s, where one must be able to talk, is within four metres."),
            _("One of them moves, or the loud one plays at set times only."),
        ),
        "floor": (
            _("%(name)s has no free floor at table %(number)d."),
            _("They do with a table, or one table is taken away."),
        ),
        "same_kind": (
            _("%(name)s and %(other)s are of one kind and stand side by side."),
            _("One of them changes with somebody of another kind."),
        ),
    }
    text, give = sentences[one.rule]
    stands = tuple(each for each in (one.stand, one.other) if each is not None)
    return Broken(text % facts, give % facts, stands)


def fault(floor: Floor, one: Fault) -> Broken:
    """What cannot be: a fuse that blows."""
    circuit = floor.by_circuit.get(one.circuit or 0)
    names = ", ".join(_who(floor, stand) for stand in one.stands)
    facts = {
        "circuit": isolated(circuit.name) if circuit else "",
        "watts": moments.number(one.watts),
        "most": moments.number(one.most),
        "names": names,
    }
    if one.code == "overload":
        text = _("Circuit %(circuit)s would carry %(watts)s W and takes %(most)s W: %(names)s.") % facts
        return Broken(
            text, _("Somebody on it leaves something at home, or stands at another circuit."), one.stands
        )
    if one.code == "never_together":
        text = _("Two that never share a circuit hang on %(circuit)s: %(names)s.") % facts
        return Broken(text, _("One of them stands at another circuit."), one.stands)
    text = _("This cannot be carried out: %(names)s.") % facts
    return Broken(text, _("Move them to another table."), one.stands)


def broken(floor: Floor, judged: Judgement) -> list[Broken]:
    """Everything that is not kept, what cannot be first. Those without a table have a list of their own."""
    return [
        *(fault(floor, one) for one in judged.faults),
        *(unmet(floor, one) for one in judged.unmet if one.rule != "place"),
    ]


@dataclass(frozen=True)
class Told:
    """What a move changes, before anybody keeps it."""

    heading: str
    worse: list[Broken]
    better: list[str]
    waits: str  # who would lose their table


def consequences(floor: Floor, after: Floor, weighed: Weighed, *, stand: int, to: Position | None) -> Told:
    """The move in words. What breaks is told of the floor after it, what heals of the floor before."""
    other = floor.at.get(to.pk) if to else None
    facts = {"name": _who(floor, stand), "other": _who(floor, other), "number": to.number if to else 0}
    if to is None:
        heading = _("%(name)s leaves the floor")
    elif other is not None and stand in floor.spots:
        heading = _("%(name)s and %(other)s change places")
    else:
        heading = _("%(name)s to table %(number)d")
    loses = other is not None and stand not in floor.spots
    return Told(
        heading=heading % facts,
        worse=[
            *(fault(after, one) for one in weighed.faults),
            *(unmet(after, one) for one in weighed.unmet if one.rule != "place"),
        ],
        better=[
            *(fault(floor, one).text for one in weighed.mended),
            *(unmet(floor, one).text for one in weighed.met),
        ],
        waits=_("%(other)s would be without a table.") % facts if loses else "",
    )


def in_short(weighed: Weighed) -> str:
    """A table in a list: whether everything would be kept there."""
    if not weighed.breaks:
        return _("everything is kept")
    text = ngettext("%(number)d thing is not kept", "%(number)d things are not kept", weighed.breaks)
    return text % {"number": weighed.breaks}


def why_not(floor: Floor) -> list[str]:
    """Why the program could not keep everything: needs that cannot hold together, each set in a sentence."""
    named = {
        "step_free": _("a table without steps"),
        "power": _("electricity"),
        "noise": _("not loud beside one where people talk"),
        "floor": _("free floor"),
        "same_kind": _("not beside one of the same kind"),
        "place": _("a table"),
    }
    found = []
    for line in floor.plan.conflicts.splitlines() if floor.plan else []:
        parts = [rule.split(":") for rule in line.split()]
        if any(int(stand) not in floor.by_stand for part in parts for stand in part[1:]):
            continue  # somebody of them does not come any more
        wants = [
            _("%(name)s: %(need)s")
            % {"name": ", ".join(_who(floor, int(stand)) for stand in part[1:]), "need": named[part[0]]}
            for part in parts
        ]
        found.append("; ".join(wants))
    return found


def moved(floor: Floor, stands: tuple[int, ...]) -> str:
    """Who stands elsewhere now, for a message; so many names as one reads at a glance."""
    shown = ", ".join(_who(floor, one) for one in stands[:3])
    if len(stands) > 3:
        return ngettext(
            "%(names)s and %(number)d other have another table now.",
            "%(names)s and %(number)d others have another table now.",
            len(stands) - 3,
        ) % {"names": shown, "number": len(stands) - 3}
    return ngettext("%(names)s has another table now.", "%(names)s have another table now.", len(stands)) % {
        "names": shown
    }
