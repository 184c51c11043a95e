"""The demo's doors: one address or code for each persona, printed in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone

from brobygget.circles.commands import joining
from brobygget.circles.models import Circle, Invitation, Membership
from brobygget.circles.queries import circles
from brobygget.house.models import House
from brobygget.operations.demo import appointments, associations, day, loading, openhouse, town_vote
from brobygget.people import queries as people
from brobygget.people import tokens
from brobygget.people.models import Account
from brobygget.web import clock


def account_token(account: Account) -> str:
    """The demo's own way in for an account, beside the code by e-mail."""
    return tokens.derived_token("demo", str(account.pk))


def account_behind(token: str) -> Account | None:
    """Whose demo door this is."""
    return next(
        (account for account in Account.objects.order_by("pk") if account_token(account) == token), None
    )


def doors(address: str) -> dict[str, Any]:
    """Every address and code of the town as it is now."""
    house = House.objects.first()
    if house is None:
        return {"start": f"{address}/", "set_up": _set_up(address)}
    who = {row["called"]: row["who"] for row in loading.story()["accounts"]} | town_vote.who()
    found: dict[str, Any] = {
        "start": f"{address}/",
        "clock": timezone.localtime(clock.read() + house.clock_offset).isoformat(timespec="minutes"),
        "accounts": [
            {
                "called": account.called,
                "who": who.get(account.called, ""),
                "address": address + reverse("operations:demo_door", args=[account_token(account)]),
            }
            for account in Account.objects.order_by("pk")
        ],
        "participants": [_participant(address, seat) for seat in _seats()],
        "associations": associations.own_doors(address, house),
        "open_house": openhouse.doors(address, house),
        "meetings": appointments.door(address, house),
        "day": day.ways_in(address, house),
    }
    circle = Circle.objects.first()
    if circle is not None:
        link = circle.invitations.filter(kind=Invitation.Kind.LINK, revoked_at=None).first()
        ticket = circle.invitations.filter(kind=Invitation.Kind.TICKET, revoked_at=None, used_at=None).first()
        found |= {
            "join": address + reverse("circles:join", args=[joining.token_of(link)]) if link else "",
            "ticket": joining.words_of(ticket) if ticket else "",
            "ticket_door": address + reverse("circles:ticket"),
            "wall": _wall(address, circle),
            "town_vote": town_vote.doors(address),
        }
    return found


def _seats() -> list[Membership]:
    return list(Membership.objects.select_related("participant").order_by("circle_id", "seat"))


def _participant(address: str, seat: Membership) -> dict[str, str]:
    way = people.way_back_of(seat.participant)
    if way is None:
        return {
            "alias": seat.participant.alias,
            "language": seat.participant.language,
            "address": "",
            "words": "",
        }
    return {
        "alias": seat.participant.alias,
        "language": seat.participant.language,
        "address": address + reverse("people:come_back", args=[way.token]),
        "words": way.words,
    }


def _wall(address: str, circle: Circle) -> str:
    return address + reverse("circles:wall", args=[circle.pk, circles.wall_token(circle)])


def _set_up(address: str) -> str:
    return address + reverse("home:set_up", args=[tokens.derived_token("set-up", "first")])


def as_text(found: dict[str, Any], *, chapter: str, wished: str, is_new: bool, data: Path) -> str:
    """What the terminal says."""
    lines = [
        "",
        "Älvnäs is open." if "accounts" in found else "An empty house is open; the wizard waits.",
        "",
    ]
    if wished != chapter:
        lines += [f"Chapter {wished} comes with later work; this is the last one that there is.", ""]
    mails = ["", f"  Mails are written to {data / 'mail'}; the town is kept in {data}.", ""]
    if "accounts" not in found:
        return "\n".join([*lines, f"  Set up the house   {found['set_up']}", *mails])
    lines += [f"  Start page         {found['start']}", f"  The house's clock  {found['clock']}", ""]
    lines += [f"  {row['called']:<18} {row['address']}   {row['who']}" for row in found["accounts"]]
    if found["participants"]:
        lines += ["", "  Participants' phones (open each in a window of its own, or say the four words):"]
        lines += [
            f"  {row['alias']:<10} {row['language']:<7} {row['address']}   {row['words']}"
            for row in found["participants"]
        ]
        lines += [
            "",
            f"  The wall           {found['wall']}",
            f"  A new phone        {found['join']}",
            f"  A paper ticket     {found['ticket']}   at {found['ticket_door']}",
        ]
    vote = found.get("town_vote")
    if vote:
        lines += [
            "",
            f"  The town's vote    {vote['vote']}",
            f"  A strip of paper   {vote['strip']}",
            f"  The result         {vote['result']}",
            f"  Its wall           {vote['result_wall']}",
            f"  To be read (Ali)   {vote['queue']}",
        ]
    if found.get("associations"):
        lines += ["", "  Associations' own pages (a link, or a code at /own/):"]
        lines += [
            f"  {row['name']:<26} {row['address']}   {row['code']}   {row['who']}"
            for row in found["associations"]
        ]
    planned = found.get("open_house")
    if planned:
        lines += [
            "",
            f"  The open house     {planned['page']}   its plan (Marit): {planned['plan']}",
            f"  Bengt's answer     {planned.get('link', '')}   {planned.get('code', '')}",
        ]
    now = found.get("day")
    if now:
        lines += [
            "",
            f"  A visit            {now['visit']}",
            f"  Bengt's table      {now['table']}",
            f"  The door           {now['counting']}",
            f"  At the way out     {now['faces']}",
            f"  The hall's wall    {now['wall']}",
            f"  Selam's code       {now['selam']}   at the reception (Elin)",
        ]
    if found.get("meetings"):
        lines.append(f"  A visitor's slip   {found['meetings']}")
    lines += mails
    lines += [] if is_new else ["  This is the town as you left it; --fresh begins the chapter again.", ""]
    return "\n".join(lines)
