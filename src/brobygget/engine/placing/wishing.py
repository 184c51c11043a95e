"""What the plan should be good at, as rows and costs: wishes, fairness, kinds in the rooms, sockets kept."""

from __future__ import annotations

import numpy as np

from brobygget.engine.placing.floor import NONE, Booleans
from brobygget.engine.placing.model import Model
from brobygget.engine.placing.things import WishKind

ABOUT_TWO = (WishKind.NEAR, WishKind.APART)


def add_wishes(model: Model) -> None:
    """Let lost wishes cost their weight.

    Wishes about one stand are a cost on its columns. Those about two get a variable that is 1 when the wish is lost.

    Notes
    -----
    *Near* rows go in both directions, and for each room T there is a cut: as much of one stand as lies wholly
    inside T is at most as much of the other as touches the tables near T, plus t. Without them the relaxation smears both stands
    over all rooms and believes every wish.
    """
    floor, programme = model.floor, model.programme
    index = {stand.id: number for number, stand in enumerate(floor.house.stands)}
    for wish in floor.house.wishes:
        me = index[wish.stand]
        if not wish.weight:
            continue
        if wish.kind not in ABOUT_TWO:
            model.cost("lost", model.at(me, ~floor.grants(wish)), wish.weight)
            model.cost("lost", model.out[[me]], wish.weight)
            continue
        other = index[wish.about or ""]
        lost = programme.variables(1)
        model.lost_wish[wish.id] = int(lost[0])
        model.cost("lost", lost, wish.weight)
        if programme.upper[model.out[me]] > 0:
            programme.row([model.out[me], lost[0]], [1, -1], high=0)
        if wish.kind is WishKind.NEAR:
            _near(model, me, other, int(lost[0]))
            _near(model, other, me, int(lost[0]))
        else:
            _apart(model, me, other, int(lost[0]))


def _near(model: Model, one: int, other: int, lost: int) -> None:
    floor = model.floor
    sites = np.unique(model.choices.place[model.choices.of(one)])
    for site in sites.tolist():
        only = np.zeros(len(floor.places), dtype=np.bool_)
        only[site] = True
        near_cut(model, one, other, lost, only)
    for room in range(len(floor.house.zones)):
        near_cut(model, one, other, lost, floor.zone == room)


def near_cut(model: Model, one: int, other: int, lost: int, part: Booleans) -> None:
    """If a stand is in a part of the house, the other is near that part, or the wish is lost."""
    mine = model.at(one, part)
    if not len(mine):
        return
    theirs = model.at(other, np.asarray((model.floor.near & part[:, None]).any(axis=0)))
    values = np.concatenate([np.ones(len(mine)), -np.ones(len(theirs) + 1)])
    model.programme.row([*mine, *theirs, lost], values, high=0)


def _apart(model: Model, one: int, other: int, lost: int) -> None:
    floor = model.floor
    for a, b in ((one, other), (other, one)):
        for site in np.unique(model.choices.place[model.choices.of(a)]).tolist():
            only = np.zeros(len(floor.places), dtype=np.bool_)
            only[site] = True
            mine, theirs = model.at(a, only), model.at(b, floor.apart[site])
            if len(theirs):
                model.programme.row([*mine, *theirs, lost], [*np.ones(len(mine) + len(theirs)), -1.0], high=1)


def add_rest(model: Model) -> None:
    """Let unfairness, missing kinds and sockets at stands without a plug cost what they do."""
    floor, house, programme, choices = model.floor, model.floor.house, model.programme, model.choices
    small = [number for number, stand in enumerate(house.stands) if stand.small]
    if small:
        mine = np.flatnonzero(np.isin(choices.stand, small))
        way = floor.entrance[choices.place[mine]]
        limits = house.limits
        far, back = (
            programme.variables(1, upper=np.inf, whole=False),
            programme.variables(1, upper=np.inf, whole=False),
        )
        model.cost("unfair", far, 1)
        model.cost("unfair", back, 100)
        all_small = [*mine, *model.out[small]]
        ways = np.concatenate([way, np.full(len(small), floor.furthest)])
        programme.row([*all_small, far[0]], [*ways, -1.0], high=len(small) * limits.fair_entrance)
        programme.row(
            [*all_small, back[0]], [*(ways > limits.back).astype(float), -1.0], high=limits.small_back_max
        )
    kinds = sorted({stand.kind for stand in house.stands})
    kind = np.array([kinds.index(stand.kind) for stand in house.stands], dtype=np.int64)[choices.stand]
    for room, zone in enumerate(house.zones):
        if not zone.min_kinds:
            continue
        short = programme.variables(1, upper=float(zone.min_kinds), whole=False)
        model.cost("uniform", short, 1)
        there = []
        for number in range(len(kinds)):
            columns = np.flatnonzero((kind == number) & (floor.zone[choices.place] == room))
            if len(columns):
                present = int(programme.variables(1, whole=False)[0])
                there.append(present)
                programme.row([*columns, present], [*-np.ones(len(columns)), 1.0], high=0)
        programme.row([*there, short[0]], 1, low=zone.min_kinds)
    used = floor.sockets[choices.place] - (choices.circuit != NONE)
    model.cost("sockets", model.x, used)
