"""Strips of paper with a code each: handed out one to a person, registered to nobody."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.ideas.commands.town_vote import strip_is_closed
from brobygget.ideas.models import Strip, TownVote, Voter
from brobygget.ideas.queries import town_vote as queries
from brobygget.people import tokens

MOST_STRIPS = 1000


@transaction.atomic
def make_strips(*, vote: TownVote, count: int, on: date) -> int:
    """A new batch; its number."""
    if not 1 <= count <= MOST_STRIPS:
        raise Refused(_("Choose a number from 1 to %(most)d.") % {"most": MOST_STRIPS})
    if not TownVote.objects.select_for_update().get(pk=vote.pk).is_open:
        raise Refused(_("The vote is closed."), status=409)
    batch = (vote.strips.aggregate(last=Max("batch"))["last"] or 0) + 1
    strips = [Strip(id=uuid.uuid4(), vote=vote, batch=batch, made_on=on) for _number in range(count)]
    for strip in strips:
        strip.digest = tokens.digest("vote-strip", queries.token_of(strip))
    Strip.objects.bulk_create(strips)
    return batch


def revoke_strips(*, vote: TownVote, batch: int, on: date) -> int:
    """Strips that were lost take no more answers from now on; what was answered with them stays, and is told."""
    return vote.strips.filter(batch=batch, revoked_on=None).update(revoked_on=on)


@transaction.atomic
def use_strip(*, strip: Strip, secret: str) -> Voter:
    """This browser answers with the strip from now on. The same browser may press again; another may not."""
    held = Strip.objects.select_for_update().select_related("vote").get(pk=strip.pk)
    if held.revoked_on is not None:
        raise Refused(strip_is_closed(), status=409)
    if not held.vote.is_open:
        raise Refused(_("The vote is closed. Thank you for wanting to answer."), status=409)
    digest = queries.digest_of(held.vote, secret, by_strip=True)
    voter, is_new = Voter.objects.get_or_create(strip=held, defaults={"vote": held.vote, "digest": digest})
    if not is_new and voter.digest != digest:
        raise Refused(
            _("This strip has been used on another phone. Each strip is for one. Ask for a new one."),
            status=409,
        )
    return voter
