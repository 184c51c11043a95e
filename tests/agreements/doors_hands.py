"""The doors of “I want to try”.

Whoever comes by may raise a hand. What a phone has raised opens on that phone alone: here it is Amina's. Bengt's
association has a place and sees its own; the other one has a place too, and sees nothing of Bengt's. The reception
reads out what a code opens.
"""

from __future__ import annotations

from datetime import time
from typing import Any

from django.http import HttpResponse

from brobygget.associations.models import Association
from brobygget.openhouse.commands import events, hands, inviting
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.hands import Told
from brobygget.openhouse.models import Answer, Handover, Invitation, OpenHouse, Place
from brobygget.openhouse.queries import hands as queries
from brobygget.openhouse.request import let_in as let_association_in
from brobygget.openhouse.views.hand_doors import let_in
from tests.agreements.doors import (
    AMINA,
    BENGT,
    BIRGIT,
    ELSA,
    EVERYBODY,
    FRANS,
    MARIT,
    OTHER_ASSOCIATION,
    PETRA,
    Door,
)
from tests.conftest import NOW, TODAY

NAME = "Dagen då man vill prova"
SEED = "the seed of Amina's phone"
# Frans is signed in to another house, which has no such day.
OF_THE_TOWN = EVERYBODY - {FRANS}
STANDS = frozenset({BENGT, OTHER_ASSOCIATION})
RECEIVES = frozenset({ELSA, MARIT})
PRINTS = frozenset({BIRGIT, MARIT, PETRA})
TOLD = {"way": "call", "telephone": "0980-31 92 01", "alias": "Anna", "spoken": "ti", "years": "new"}
FIRST = {**TOLD, "wish": "Jag vill prova"}
SLIP = {**FIRST, "how": "paper"}


def _day() -> OpenHouse:
    return OpenHouse.objects.get(name=NAME)


def _invitation(cast: Any, who: str) -> Invitation:
    return Invitation.objects.select_related("openhouse__house", "association").get(
        openhouse=_day(), association=cast.associations[who]
    )


def _prepare(cast: Any) -> None:
    """The day is today; two associations stand there, and Amina has raised her hand towards Bengt's."""
    facts = Facts(name=NAME, language="sv", day=TODAY, starts=time(0), ends=time(23, 59), place="x", places=2)
    made = events.plan_open_house(house=cast.house, circle=cast.circle, facts=facts, on=TODAY, at=NOW)
    events.publish(made, is_public=True, on=TODAY, at=NOW)
    here = [Association.objects.get(pk=pk) for pk in cast.associations.values()]
    inviting.invite_associations(made, here, on=TODAY)
    for position, who in enumerate((BENGT, OTHER_ASSOCIATION), start=1):
        one = _invitation(cast, who)
        Answer.objects.create(
            invitation=one, said="yes", said_at=NOW, wants_since=NOW, channel="link", changed_at=NOW
        )
        Place.objects.create(openhouse=made, invitation=one, position=position, wants_since=NOW, given_at=NOW)
        cast.clients[who].cookies.update(let_association_in(HttpResponse(), one).cookies)
    told = Told(spoken="ti", alias="Anna", way="call", telephone="0980-31 92 01")
    hand = hands.raise_hand(
        _invitation(cast, BENGT), seed=SEED, told=told, wish="Sy", channel="stand", at=NOW
    )
    hands.leave_reply(hand, words="Torsdag")
    cast.clients[AMINA].cookies.update(let_in(HttpResponse(), made, SEED).cookies)


def _pk(cast: Any) -> list[Any]:
    return [_day().pk]


def _bengts(cast: Any) -> list[Any]:
    return [_day().pk, _invitation(cast, BENGT).pk]


def _others(cast: Any) -> list[Any]:
    return [_day().pk, _invitation(cast, OTHER_ASSOCIATION).pk]


def _hand(cast: Any) -> list[Any]:
    return [_day().pk, Handover.objects.get(invitation__openhouse=_day()).pk]


def _code(cast: Any) -> dict[str, Any]:
    return {"code": queries.code_of(SEED)}


def _to_bengts(cast: Any) -> dict[str, Any]:
    return {**SLIP, "to": _invitation(cast, BENGT).pk}


def _row(name: str, to: Any, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _prepare, **more}
    return Door(f"openhouse:{name}", to, method, **facts)


def _desk(name: str, method: str = "GET", to: Any = RECEIVES, **more: Any) -> Door:
    return _row(name, to, method, is_for_hosts=True, **more)


PHONE = frozenset({AMINA})
DOORS = [
    # Amina has raised her hand there and comes to her own page; everybody else may raise one.
    _row("want", OF_THE_TOWN, args=_bengts),
    _row("want", OF_THE_TOWN, "POST", args=_others, fields=lambda cast: FIRST),
    _row("own_hands", OF_THE_TOWN),
    _row("own_hands_about", PHONE),
    _row("own_hands_about", PHONE, "POST", fields=lambda cast: TOLD),
    _row("own_hand_back", PHONE, "POST", args=_bengts),
    _row("own_hands_forgetting", PHONE, "POST"),
    _row("own_hands_leaving", OF_THE_TOWN, "POST"),
    # The association with its own link; another's hand is as if it were not there.
    _row("stand", STANDS),
    _row("stand_live", STANDS),
    _row("our_hands", STANDS),
    _row("our_hand", frozenset({BENGT}), args=_hand),
    _row("our_hand", frozenset({BENGT}), "POST", args=_hand, fields=lambda cast: {"reply": "Torsdag 18"}),
    _row("stand_code", frozenset({BENGT}), args=_hand),
    _row("stand_raising", STANDS),
    _row("stand_raising", STANDS, "POST", fields=lambda cast: {**FIRST, "how": "stand"}),
    # The reception, by code only.
    _desk("hands_desk"),
    _desk("hands_answers", "POST", fields=_code),
    _desk("hands_back", "POST", fields=_code),
    _desk("hands_slips"),
    _desk("hands_slips", "POST", fields=_to_bengts),
    _desk("want_slips", to=PRINTS),
]
