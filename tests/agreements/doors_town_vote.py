"""The doors of the town's vote: answering and the result are for everybody, the desk for those who care for it."""

from __future__ import annotations

from typing import Any

from brobygget.ideas.commands import strips, town_vote
from brobygget.ideas.models import Idea, Proposal, TownIdea, TownVote
from brobygget.ideas.queries.town_vote import token_of
from tests.agreements.doors import EVERYBODY, FRANS, LEADERS, Door
from tests.conftest import TODAY


def _vote(cast: Any) -> None:
    proposal = Proposal.objects.create(circle=cast.circle, number=1, title="Vi lagar mat", language="sv")
    Idea.objects.create(
        circle=cast.circle,
        number=1,
        text="Vi lagar mat",
        language="sv",
        channel="typed",
        given_on=TODAY,
        proposal=proposal,
    )
    made = town_vote.open_town_vote(
        house=cast.house, title="Vad bär?", language="sv", proposals=[proposal], on=TODAY
    )
    strips.make_strips(vote=made, count=1, on=TODAY)


def _waiting(cast: Any) -> None:
    _vote(cast)
    town_vote.give_town_idea(vote=TownVote.objects.get(), text="Vi sjunger", language="sv", on=TODAY)


def _pk(cast: Any) -> list[Any]:
    return [TownVote.objects.get().pk]


def _first(cast: Any) -> list[Any]:
    return [*_pk(cast), TownIdea.objects.order_by("pk")[0].pk]


def _last(cast: Any) -> list[Any]:
    return [*_pk(cast), TownIdea.objects.order_by("-pk")[0].pk]


def _batch(cast: Any) -> list[Any]:
    return [*_pk(cast), 1]


def _strip(cast: Any) -> list[Any]:
    vote = TownVote.objects.get()
    return [vote.pk, token_of(vote.strips.get())]


# Frans finds the lists of his own house there.
OWN_LISTS = frozenset({"votes", "vote_new", "moderation"})


def _desk(name: str, method: str = "GET", **facts: Any) -> Door:
    open_to = LEADERS | {FRANS} if name in OWN_LISTS else LEADERS
    return Door(f"ideas:{name}", open_to, method, is_for_hosts=True, **{"prepare": _vote, **facts})


DOORS = [
    *(
        Door(f"ideas:{name}", EVERYBODY, args=_pk, prepare=_vote)
        for name in (
            "vote",
            "vote_answers",
            "vote_own_idea",
            "vote_result",
            "vote_result_fragment",
            "vote_wall",
            "vote_wall_fragment",
            "vote_paper",
            "vote_csv",
            "vote_json",
            "vote_map",
        )
    ),
    Door("ideas:vote_idea", EVERYBODY, args=_first, prepare=_vote),
    Door("ideas:vote_idea", frozenset(), args=_last, prepare=_waiting),  # nobody has read it yet
    # Pressed from no page of the vote: a clear sentence, the same for everybody.
    Door(
        "ideas:vote_answer",
        EVERYBODY,
        "POST",
        args=_first,
        prepare=_vote,
        fields=lambda cast: {"secret_choice": "1", "seq": "1"},
    ),
    Door("ideas:vote_years", EVERYBODY, "POST", args=_pk, prepare=_vote),
    Door(
        "ideas:vote_own_idea",
        EVERYBODY,
        "POST",
        args=_pk,
        prepare=_vote,
        fields=lambda cast: {"text": "Vi sjunger", "language": "sv"},
    ),
    Door("ideas:vote_strip", EVERYBODY, args=_strip, prepare=_vote),
    Door("ideas:vote_strip", EVERYBODY, "POST", args=_strip, prepare=_vote),
    Door("ideas:vote_strip", frozenset(), args=lambda cast: [*_pk(cast), "0" * 22], prepare=_vote),
    _desk("votes"),
    _desk("vote_new"),
    _desk("vote_new", "POST", fields=lambda cast: {"title": "Vad?", "language": "sv"}),
    _desk("moderation"),
    _desk("vote_desk", args=_pk),
    _desk("vote_poster", args=_pk),
    _desk("vote_closing", "POST", args=_pk),
    _desk("vote_strips", "POST", args=_pk, fields=lambda cast: {"count": "3"}),
    _desk("vote_strips_paper", args=_batch),
    _desk("vote_strips_closing", "POST", args=_batch),
    _desk("vote_showing", "POST", args=_last, prepare=_waiting),
    _desk("vote_hiding", "POST", args=_first, fields=lambda cast: {"reason": "person"}),
    _desk("vote_translation", args=_first),
    _desk(
        "vote_translation",
        "POST",
        args=_first,
        fields=lambda cast: {"language": "ar", "text": "نطبخ"},
    ),
]
