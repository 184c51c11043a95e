"""The town answers: one answer an idea from each browser or strip, whichever way the presses travel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.ideas import rules
from brobygget.ideas.models import (
    Answer,
    Idea,
    IdeaTranslation,
    Proposal,
    TownIdea,
    TownIdeaTranslation,
    TownVote,
    Voter,
)
from brobygget.ideas.queries import town_vote as queries
from brobygget.ideas.queries.town_ideas import shown_town_ideas
from brobygget.people.identity_numbers import looks_like_identity_number
from brobygget.people.models import YearsHere


@dataclass(frozen=True)
class Browser:
    """Where a press comes from: the browser's own secret, and how the press travelled."""

    secret: str
    was_kept: bool = False  # on the phone, until there was a network
    opening: str = ""  # the mark of a page that was drawn while the vote was open


@transaction.atomic
def open_town_vote(
    *,
    house: House,
    title: str,
    language: str,
    on: date,
    proposals: Iterable[Proposal] = (),
    ideas: Iterable[Idea] = (),
) -> TownVote:
    """Put proposals and single ideas of the house's circles to the whole town."""
    from_proposals, single = list(proposals), list(ideas)
    circles = [one.circle for one in from_proposals] + [one.circle for one in single]
    if not circles:
        raise Refused(_("Choose at least one idea."))
    if any(circle.house_id != house.pk for circle in circles):
        raise Refused(_("One of these ideas is not here any more. Choose again."))
    vote = TownVote.objects.create(house=house, title=title, language=language, opened_on=on)
    for proposal in from_proposals:
        made = TownIdea(text=proposal.title, language=proposal.language, proposal=proposal)
        # A translation belongs to the idea whose words the title is; no other is taken for it.
        same = IdeaTranslation.objects.filter(idea__proposal=proposal, idea__text=proposal.title)
        _take_along(vote, made, same, on)
    for idea in single:
        made = TownIdea(text=idea.text, drawing=idea.drawing, language=idea.language, source=idea)
        _take_along(vote, made, idea.translations.all(), on)
    return vote


def _take_along(vote: TownVote, made: TownIdea, translations: QuerySet[IdeaTranslation], on: date) -> None:
    """The idea, and what people have translated of just these words."""
    made.vote, made.given_on, made.state = vote, on, TownIdea.State.SHOWN
    made.save()
    for row in translations.filter(idea__hidden_on=None).order_by("status", "pk"):
        TownIdeaTranslation.objects.get_or_create(
            idea=made, language=row.language, defaults={"text": row.text, "status": row.status}
        )


@transaction.atomic
def close_town_vote(*, vote: TownVote, at: datetime) -> None:
    """No more answers, but for those that were pressed before and are still on their way."""
    TownVote.objects.filter(pk=vote.pk, closed_at=None).update(
        closed_at=at, version=F("version") + 1, picture=F("picture") + 1
    )


@dataclass(frozen=True)
class Press:
    """One answer as it was pressed, with the number that the browser gave the press."""

    idea: TownIdea
    choice: int
    client_seq: int


def give_answer(
    *, vote: TownVote, idea: TownIdea, browser: Browser, choice: int, client_seq: int, at: datetime
) -> None:
    """Keep one answer."""
    give_answers(vote=vote, browser=browser, presses=[Press(idea, choice, client_seq)], at=at)


@transaction.atomic
def give_answers(*, vote: TownVote, browser: Browser, presses: Sequence[Press], at: datetime) -> None:
    """Keep what one browser has pressed, all or nothing.

    Of several presses about one idea the one with the highest number counts, in whatever order they come.
    """
    if any(press.choice not in Answer.Choice.values for press in presses):
        raise Refused(_("Choose one of the answers."))
    is_late = _claim(vote, browser, at)
    wanted = {press.idea.pk for press in presses}
    if shown_town_ideas(vote).filter(pk__in=wanted).count() < len(wanted):
        raise Refused(_("This idea is not in the vote any more. Your other answers are safe."), status=409)
    voter = _voter(vote, browser)
    # The vote's row is held, so nobody else writes answers between reading these and writing ours.
    present = dict(voter.answers.values_list("idea_id", "client_seq"))
    newest = max(present.values(), default=0)
    first: dict[int, Answer] = {}
    for press in presses:
        # Pressed just now: later than anything that this browser pressed before, whatever its page was told.
        seq = press.client_seq if browser.was_kept else max(press.client_seq, newest + 1)
        newest = max(newest, seq)
        pk, facts = press.idea.pk, {"choice": press.choice, "client_seq": seq, "is_late": is_late}
        if seq <= present.get(pk, 0):
            continue
        if pk in present and pk not in first:
            Answer.objects.filter(voter=voter, idea=press.idea).update(**facts)
        else:
            first[pk] = Answer(voter=voter, idea=press.idea, **facts)
        present[pk] = seq
    Answer.objects.bulk_create(first.values())


@transaction.atomic
def tell_years_here(*, vote: TownVote, browser: Browser, years_here: str, at: datetime) -> None:
    """How long somebody has lived here, asked once; to skip it is an answer too."""
    if years_here and years_here not in YearsHere.values:
        raise Refused(_("Choose one of the answers."))
    _claim(vote, browser, at)
    voter = _voter(vote, browser)
    Voter.objects.filter(pk=voter.pk, was_asked=False).update(years_here=years_here, was_asked=True)


@transaction.atomic
def give_town_idea(*, vote: TownVote, text: str, language: str, on: date) -> TownIdea:
    """Somebody's own idea; it waits until somebody has read it. No row tells whose it is."""
    if not TownVote.objects.filter(pk=vote.pk, closed_at=None).exists():
        raise Refused(_closed(), status=409)
    if not text or len(text) > rules.TOWN_IDEA_LENGTH:
        raise Refused(_("An idea has room for %(longest)d characters.") % {"longest": rules.TOWN_IDEA_LENGTH})
    if looks_like_identity_number(text):
        raise Refused(_("That looks like an identity number. We never keep those."))
    return TownIdea.objects.create(vote=vote, text=text, language=language, is_from_town=True, given_on=on)


def _claim(vote: TownVote, browser: Browser, at: datetime) -> bool:
    """Hold the vote's row, so that presses and the close come one after the other; true for a late arrival."""
    held = TownVote.objects.filter(pk=vote.pk)
    if held.filter(closed_at=None).update(version=F("version") + 1):
        return False
    held.update(version=F("version") + 1)
    closed_at = held.get().closed_at
    assert closed_at is not None
    was_open = browser.opening == queries.opening_of(vote, browser.secret)
    if browser.was_kept and was_open and at <= closed_at + timedelta(minutes=rules.LATE_MINUTES):
        return True
    raise Refused(_closed(), status=409)


def _closed() -> str:
    return _("The vote is closed. Thank you for wanting to answer. What you said before is counted.")


def _voter(vote: TownVote, browser: Browser) -> Voter:
    if not browser.secret:
        raise Refused(keeps_nothing())
    voter = queries.voter_behind(vote, browser.secret)
    if voter is None:
        voter, _new = Voter.objects.get_or_create(
            digest=queries.digest_of(vote, browser.secret, by_strip=False),
            defaults={"vote": vote},
        )
    if voter.strip is not None and voter.strip.revoked_on is not None:
        raise Refused(strip_is_closed(), status=409)
    return voter


def keeps_nothing() -> str:
    """What somebody reads whose browser takes no cookies."""
    return _(
        "Your phone keeps nothing for this page. Allow cookies, open the page again and press once more."
    )


def strip_is_closed() -> str:
    """What somebody reads whose strip was closed."""
    return _("This strip is closed. Ask for a new one; the one you have takes no more answers.")
