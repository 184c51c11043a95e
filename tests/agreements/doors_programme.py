"""The doors of the programme: who plans the day plans it; seats are booked by everybody, and on paper by the reception."""

from __future__ import annotations

from datetime import time

from brobygget.openhouse.commands import booking, language_hosts, programme
from brobygget.openhouse.commands.language_hosts import HostFacts
from brobygget.openhouse.commands.programme import SlotFacts
from brobygget.openhouse.forms.language_hosts import box_of
from brobygget.openhouse.models import Booking, LanguageHost, Slot
from brobygget.openhouse.queries import booking_doors as secrets
from brobygget.openhouse.views.booking import cookie_of
from tests.agreements.doors import AMINA, ELSA, EVERYBODY, FRANS, LEADERS, MARIT, Door
from tests.agreements.doors_openhouse import _day, _pk, _prepare
from tests.conftest import NOW

BOOKS = frozenset({ELSA, MARIT})
FORM = {
    "kind": "try",
    "title": "Prova trumma",
    "starts": "12:00",
    "ends": "12:30",
    "capacity": "12",
    "place": "Bordet",
}
PHONE = "amina's number for this day"


def _add(**facts):
    made = {
        "kind": "try",
        "title": "Sång",
        "starts": time(12),
        "ends": time(12, 30),
        "place": "Scenen",
        "capacity": 9,
    }
    return programme.add_slot(_day(), facts=SlotFacts(**{**made, **facts}))


def _set_up(cast):
    """A day that everybody reads about, two things to try, a host, and one booking on Amina's phone and one on paper."""
    _prepare(cast)
    made = _add()
    _add(title="Dans", starts=time(13), ends=time(13, 30))
    language_hosts.add_host(_day(), facts=HostFacts(languages=("ar",), alias="Ali"))
    booking.book_seats(made, seats=2, phone=secrets.browser_digest(PHONE), at=NOW)
    booking.book_seats(made, seats=1, phone="", at=NOW)
    cast.clients[AMINA].cookies[cookie_of(_day().pk)] = PHONE


def _empty(cast):
    """Nobody has booked."""
    _set_up(cast)
    Booking.objects.all().delete()


def _slot(cast):
    return [_day().pk, Slot.objects.get(openhouse=_day(), title="Sång").pk]


def _host(cast):
    return [_day().pk, LanguageHost.objects.get(openhouse=_day(), alias="Ali").pk]


def _of_amina(cast):
    return [
        _day().pk,
        Booking.objects.get(slot__openhouse=_day(), browser_digest=secrets.browser_digest(PHONE)).pk,
    ]


def _on_paper(cast):
    return [_day().pk, _paper().pk]


def _paper():
    return Booking.objects.get(slot__openhouse=_day(), browser_digest="")


def _paper_code(cast):
    return {"code": secrets.code_of(_paper())}


def _plans(name, method="GET", **more):
    return Door(
        f"openhouse:{name}",
        LEADERS,
        method,
        **{"prepare": _set_up, "args": _pk, "is_for_hosts": True, **more},
    )


def _books(name, method="GET", **more):
    return Door(
        f"openhouse:{name}", BOOKS, method, **{"prepare": _set_up, "args": _pk, "is_for_hosts": True, **more}
    )


def _public(name, method="GET", open_to=EVERYBODY - {FRANS}, **more):
    return Door(f"openhouse:{name}", open_to, method, **{"prepare": _set_up, "args": _pk, **more})


DOORS = [
    _plans("programme"),
    _plans("slot_new"),
    _plans("slot_new", "POST", fields=lambda cast: FORM),
    _plans("slot", args=_slot),
    _plans("slot", "POST", args=_slot, fields=lambda cast: {**FORM, "bring": "Mjuka skor"}),
    _plans("slot_calling_off", "POST", args=_slot, fields=lambda cast: {"answer": "yes"}),
    _plans("slot_removal", "POST", args=_slot, prepare=_empty),
    _plans("hosts"),
    _plans(
        "hosts",
        "POST",
        fields=lambda cast: {"host": [str(_host(cast)[1])], "on": [box_of(_host(cast)[1], 660)]},
    ),
    _plans("host_new", "POST", fields=lambda cast: {"alias": "Sahra", "languages": ["so"]}),
    _plans("host", args=_host),
    _plans("host", "POST", args=_host, fields=lambda cast: {"alias": "Aleksi", "languages": ["uk"]}),
    _plans("host_removal", "POST", args=_host),
    _books("bookings"),
    _books("seat_slip_new", "POST", args=_slot, fields=lambda cast: {"seats": "2"}),
    _books("seat_slip", args=_on_paper),
    _books("seat_slip_back", "POST", args=_on_paper, fields=_paper_code),
    _books("booking_code", "POST", fields=_paper_code),
    _public("seats", args=_slot),
    _public("seats", "POST", args=_slot, fields=lambda cast: {"seats": "1"}),
    _public("own_seats"),
    _public("seats_code"),
    _public("seats_code", "POST", fields=_paper_code),
    # A booking is its phone's: for every other phone there is none.
    _public("seats_back", "POST", open_to=frozenset({AMINA}), args=_of_amina),
]
