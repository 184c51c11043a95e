"""Ideas that mean the same are put together as one proposal; every move can be taken back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from brobygget.circles.models import Circle
from brobygget.house.commands.refused import Refused
from brobygget.ideas import rules
from brobygget.ideas.commands.holding import held_circle, note_change_in
from brobygget.ideas.models import Idea, Proposal
from brobygget.ideas.queries import grouping, proposals


@transaction.atomic
def group_ideas(
    *, circle: Circle, ideas: Collection[Idea], title: str, language: str, into: Proposal | None = None
) -> Proposal:
    """Make one proposal of some ideas, or add them to one that is there; they leave the group they were in."""
    circle = _changeable(circle)
    chosen = list(proposals.groupable_ideas(circle).filter(pk__in=[idea.pk for idea in ideas]))
    if not chosen:
        raise Refused(_("Choose at least one idea."))
    if len(chosen) < len(ideas):
        raise Refused(
            _("Some of these ideas cannot be moved: they have been voted on or taken down."), status=409
        )
    if into is not None:
        proposal = _movable(into)
    else:
        _fits(title)
        proposal = Proposal.objects.create(
            circle=circle, number=_next_number(circle), title=title, language=language
        )
    Idea.objects.filter(pk__in=[idea.pk for idea in chosen]).update(proposal=proposal)
    _remove_empty(circle)
    note_change_in(circle)
    return proposal


@transaction.atomic
def make_rest_proposals(*, circle: Circle) -> int:
    """Let each idea that stands alone be a proposal of its own, in the circle's language where somebody has
    put it into that; how many there were."""
    circle = _changeable(circle)
    alone = list(proposals.free_ideas(circle))
    for number, idea in enumerate(alone, start=_next_number(circle)):
        translated = next((one for one in idea.translations.all() if one.language == circle.language), None)
        if translated is not None:
            title, language = " ".join(translated.text.split()), circle.language
        elif idea.text:
            title, language = " ".join(idea.text.split()), idea.language
        else:
            title, language = (
                _("The drawing, idea %(number)d") % {"number": idea.number or 0},
                circle.language,
            )
        if len(title) > rules.TITLE_LENGTH:
            title = title[: rules.TITLE_LENGTH - 1].rstrip() + "…"
        idea.proposal = Proposal.objects.create(circle=circle, number=number, title=title, language=language)
        idea.save(update_fields=["proposal"])
    note_change_in(circle)
    return len(alone)


@transaction.atomic
def retitle_proposal(*, proposal: Proposal, title: str, language: str) -> Proposal:
    """Say it better; a title on an open ballot stays as it is."""
    circle = _changeable(proposal.circle)
    _fits(title)
    proposal.title, proposal.language = title, language
    proposal.save(update_fields=["title", "language"])
    note_change_in(circle)
    return proposal


@transaction.atomic
def take_out(*, idea: Idea) -> None:
    """The idea stands alone again; a proposal without ideas is gone."""
    circle = _changeable(idea.circle)
    if idea.proposal is not None:
        _movable(idea.proposal)
        Idea.objects.filter(pk=idea.pk).update(proposal=None)
    _remove_empty(circle)
    note_change_in(circle)


@transaction.atomic
def take_apart(*, proposal: Proposal) -> None:
    """All its ideas stand alone again."""
    circle = _changeable(proposal.circle)
    _movable(proposal)
    Idea.objects.filter(proposal=proposal).update(proposal=None)
    proposal.delete()
    note_change_in(circle)


@transaction.atomic
def restore_grouping(
    *, circle: Circle, wanted: tuple[grouping.Group, ...], instead_of: tuple[grouping.Group, ...]
) -> None:
    """Take back a move: the groups as they were, if they are still as that move left them."""
    circle = _changeable(circle)
    if grouping.grouping_of(circle) != instead_of:
        raise Refused(_("Somebody has changed the groups since then. Nothing was taken back."), status=409)
    settled = {group.number for group in instead_of if group.is_settled}
    Idea.objects.filter(circle=circle, proposal__number__in={x.number for x in instead_of} - settled).update(
        proposal=None
    )
    kept = settled | {group.number for group in wanted}
    Proposal.objects.filter(circle=circle).exclude(number__in=kept).delete()
    for group in wanted:
        if group.number not in settled:
            proposal, _new = Proposal.objects.update_or_create(
                circle=circle,
                number=group.number,
                defaults={"title": group.title, "language": group.language},
            )
            Idea.objects.filter(circle=circle, pk__in=group.ideas).update(proposal=proposal)
    note_change_in(circle)


def _changeable(circle: Circle) -> Circle:
    circle = held_circle(circle.pk)
    if rules.has_open_vote(circle):
        raise Refused(_("The dot vote is still open. Close it first."), status=409)
    return circle


def _movable(proposal: Proposal) -> Proposal:
    if not rules.may_be_regrouped(proposal):
        raise Refused(_("This proposal has been voted on or decided. It stays as it is."), status=409)
    return proposal


def _fits(title: str) -> None:
    if not title:
        raise Refused(_("Give the proposal a title."))
    if len(title) > rules.TITLE_LENGTH:
        raise Refused(_("There is room for %(longest)d characters.") % {"longest": rules.TITLE_LENGTH})


def _next_number(circle: Circle) -> int:
    last = circle.proposals.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _remove_empty(circle: Circle) -> None:
    unsettled = circle.proposals.filter(votes=None, fates=None, consent=None)
    unsettled.filter(ideas=None).delete()
