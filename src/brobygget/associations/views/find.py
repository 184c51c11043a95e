"""Finding an association by pictures, words, time and language. Nothing of it is stored: it is all in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.associations.forms.find import wishes_in
from brobygget.associations.queries.directory import DirectoryNow, Offer, directory_of, offer_of
from brobygget.associations.queries.find import Answer, find
from brobygget.associations.queries.fitting import Found
from brobygget.associations.queries.interests import InterestHere, Label
from brobygget.associations.queries.wishes import AGES, Wishes
from brobygget.associations.views import wording
from brobygget.associations.views.public import for_everybody
from brobygget.house.models import House
from brobygget.people.request import HouseRequest
from brobygget.web.languages import BY_CODE, current

TILES_AT_ONCE = 8
OTHERS = 3
STEPS = 3


@dataclass(frozen=True)
class Tile:
    """A picture to press."""

    name: str
    value: str
    picture: str
    label: Label
    is_chosen: bool = False


@dataclass(frozen=True)
class TileGroup:
    """A group of pictures, the first of them at once."""

    label: Label
    tiles: list[Tile]
    more: list[Tile]


@dataclass(frozen=True)
class Shown:
    """One association in a list."""

    found: Found
    because: str
    also: list[wording.Fact]
    times: list[str]
    labels: list[Label]
    is_stale: bool


def house_of(request: HouseRequest) -> House:
    """The house that is asked; before one is set up there is nothing to find."""
    house = request.house
    if house is None:
        raise Http404
    assert isinstance(house, House)
    return house


def today(request: HouseRequest) -> date:
    """The day by the house's clock."""
    return timezone.localdate(request.now)


@for_everybody
def start(request: HouseRequest) -> HttpResponse:
    """What do you like? Twelve pictures, or a word."""
    house = house_of(request)
    wishes = wishes_in(request.GET)
    now = directory_of(house)
    tiles = [_tile("group", one, wishes.groups) for one in now.interests.groups()]
    context = {
        "tiles": tiles,
        "wishes": wishes,
        "has_any": bool(offer_of(house, now, on=today(request)).counts),
        "steps": STEPS,
    }
    return render(request, "associations/find.html", context)


@for_everybody
def interests(request: HouseRequest) -> HttpResponse:
    """The activities of the groups that were pressed, and three of other kinds."""
    house = house_of(request)
    wishes = wishes_in(request.GET)
    now = directory_of(house)
    chosen = [one for one in now.interests.groups() if one.id in wishes.groups]
    if not chosen:
        return redirect(f"{reverse('find:wishes')}?{wishes.address()}")
    offer = offer_of(house, now, on=today(request))
    groups = [_tile_group(group, now, offer, wishes) for group in chosen]
    others = _of_other_kinds(now, offer, wishes)
    context = {"groups": groups, "others": others, "wishes": wishes, "steps": STEPS}
    return render(request, "associations/find_interests.html", context)


@for_everybody
def wishes(request: HouseRequest) -> HttpResponse:
    """For whom, when, in which language, what it may cost: all of it may be left."""
    house = house_of(request)
    now = directory_of(house)
    given = _settled(wishes_in(request.GET), now)
    context = {
        "wishes": given,
        "kept": [("like", one) for one in given.interests] + [("group", one) for one in given.groups],
        "who": [(code, text, picture, code == given.who) for code, text, picture in whos()],
        "parts": [(code, text, picture, code in given.parts) for code, text, picture in parts()],
        "days": [(day, wording.weekday(day), day in given.days) for day in range(7)],
        "costs": [(code, text, picture, code in given.costs) for code, text, picture in _costs()],
        "speak": [
            (code, BY_CODE[code], code in given.languages)
            for code in house.language_codes
            if code in BY_CODE and code != "sv-easy"
        ],
        "places": offer_of(house, now, on=today(request)).places,
        "steps": STEPS,
    }
    return render(request, "associations/find_wishes.html", context)


@for_everybody
def results(request: HouseRequest) -> HttpResponse:
    """What fits, and why."""
    house = house_of(request)
    given = wishes_in(request.GET)
    answer = find(house, given, on=today(request))
    context = {
        "wishes": given,
        "answer": answer,
        "shown": [shown(one, today(request)) for one in answer.found],
        "chosen": chosen_words(given, answer),
        "more_address": given.address(page=given.page + 1),
        "fewer_address": given.address(page=given.page - 1),
        "change_address": given.address(),
        "said_nothing_useful": bool(request.GET.get("q", "").strip()) and not given.text,
    }
    return render(request, "associations/results.html", context)


def shown(one: Found, on: date) -> Shown:
    """An association as a list tells of it."""
    code = current().code
    return Shown(
        found=one,
        because=wording.because(one),
        also=wording.also(one),
        times=[wording.when(time) for time in one.card.times[:2]],
        labels=[interest.label(code) for interest in one.interests[:3]],
        is_stale=one.card.is_stale(on=on),
    )


def chosen_words(given: Wishes, answer: Answer) -> list[str]:
    """What was chosen, in words: for the head of the list, on the screen and on paper."""
    code = current().code
    known = answer.interests.by_id
    words = [f"“{given.text}”"] if given.text else []
    words += [known[one].label(code).text for one in (*given.interests, *given.groups) if one in known]
    words += [text for name, text, _picture in whos() if name == given.who]
    words += [text for name, text, _picture in parts() if name in given.parts]
    words += [wording.weekday(day) for day in given.days]
    words += [wording.language_name(one) for one in given.languages]
    words += [text for name, text, _picture in _costs() if name in given.costs]
    return [*words, *([given.place] if given.place else [])]


def _settled(given: Wishes, now: DirectoryNow) -> Wishes:
    """A group of which something was chosen has done its work; one of which nothing was stays chosen as a whole."""
    done = {found.group for one in given.interests if (found := now.interests.by_id.get(one))}
    groups = tuple(one for one in given.groups if one not in done)
    return Wishes(**{**given.__dict__, "groups": groups, "page": 1})


def _tile(name: str, one: InterestHere, chosen: tuple[str, ...]) -> Tile:
    return Tile(name, one.id, one.picture, one.label(current().code), one.id in chosen)


def _tile_group(group: InterestHere, now: DirectoryNow, offer: Offer, given: Wishes) -> TileGroup:
    """First what there is an association for, then the rest: a wish tells the house what is missing."""
    activities = now.interests.activities(group.id)
    activities.sort(key=lambda one: (one.id not in offer.counts, one.sort))
    tiles = [_tile("like", one, given.interests) for one in activities]
    return TileGroup(group.label(current().code), tiles[:TILES_AT_ONCE], tiles[TILES_AT_ONCE:])


def _of_other_kinds(now: DirectoryNow, offer: Offer, given: Wishes) -> list[Tile]:
    """One picture from each of three groups that were not pressed, others each day."""
    groups = [one for one in now.interests.groups() if one.id not in given.groups]
    tiles = []
    for step in range(min(OTHERS, len(groups))):
        group = groups[(offer.on.toordinal() + step * 5) % len(groups)]
        activities = now.interests.activities(group.id)
        known = [one for one in activities if one.id in offer.counts] or activities
        if known:
            tiles.append(_tile("like", known[offer.on.toordinal() % len(known)], given.interests))
    return list({tile.value: tile for tile in tiles}.values())


def whos() -> list[tuple[str, str, str]]:
    """For whom it is: a code, its words, its picture."""
    names = {
        "me": (pgettext("who", "For me"), "user"),
        "child-0": (_("A child up to 6"), "baby"),
        "child-7": (_("A child of 7–12"), "backpack"),
        "child-13": (_("Somebody of 13–17"), "smartphone"),
        "family": (_("The whole family"), "users"),
    }
    return [(code, *names[code]) for code in AGES]


def parts() -> list[tuple[str, str, str]]:
    """Parts of the week: a code, its words, its picture."""
    return [
        ("day", _("In the daytime"), "sun"),
        ("evening", _("In the evening"), "moon"),
        ("weekend", _("At the weekend"), "coffee"),
    ]


def _costs() -> list[tuple[str, str, str]]:
    return [
        ("free", _("Costs nothing"), "coins"),
        ("try", _("First time free"), "gift"),
        ("card", _("Takes Fritidskortet"), "ticket"),
    ]
