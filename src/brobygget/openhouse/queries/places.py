"""The order in which associations got places, and the waiting list as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from brobygget.associations.queries.interests import InterestHere, Interests
from brobygget.openhouse import rules
from brobygget.openhouse.models import OPEN_CALL, Invitation, OpenHouse, Place, PlaceCall, Sending, Task


@dataclass(frozen=True)
class Sums:
    """Places and who has them."""

    places: int
    taken: int
    waiting: int
    called: int
    given_up: int


def in_order(openhouse: OpenHouse) -> list[Place]:
    """Everybody in the order of the rule: two queries."""
    open_calls = PlaceCall.objects.filter(OPEN_CALL)
    found = openhouse.in_order.select_related("invitation__association", "invitation__answer")
    return list(found.prefetch_related(Prefetch("calls", open_calls, to_attr="open_calls")))


def closing_moved_on(openhouse: OpenHouse) -> date | None:
    """When somebody last moved the closing day by hand."""
    closing = openhouse.tasks.filter(kind=Task.Kind.CLOSING).first()
    return closing.moved_on if closing else None


def sums_of(openhouse: OpenHouse, places: list[Place]) -> Sums:
    """Of what `in_order` found."""
    return Sums(
        places=openhouse.places,
        taken=sum(one.has_place for one in places),
        waiting=sum(one.is_waiting and one.passed_at is None for one in places),
        called=sum(bool(one.open_calls) for one in places),  # type: ignore[attr-defined]
        given_up=sum(one.given_up_at is not None and one.given_at is not None for one in places),
    )


def have_places(openhouse: OpenHouse) -> QuerySet[Invitation]:
    """The associations that come."""
    found = openhouse.invitations.filter(place__given_up_at=None).exclude(place__given_at=None)
    return found.select_related("association", "answer").order_by("association__name", "pk")


def what_it_is_about(invitation: Invitation, interests: Interests) -> list[InterestHere]:
    """What it is about, as the house has it today; the group that it answered with when the register says nothing."""
    kind = invitation.answer.kind
    answered = interests.standing(kind) if kind else None
    return interests.standing_of(invitation.association) or ([answered] if answered is not None else [])


def calls_to_make(openhouse: OpenHouse, *, at: datetime) -> list[PlaceCall]:
    """Free places that somebody has to tell of by telephone: three queries.

    Those to whom no mail goes, or to whom it should have gone by now. From the day before, all that nobody has talked
    with: on the day itself hardly anybody reads mail.
    """
    told = Sending.objects.filter(
        invitation=OuterRef("place__invitation"),
        about=Sending.About.CALLED,
        queued_at__gte=OuterRef("called_at"),
    )
    mails = told.filter(way=Sending.Way.MAIL).exclude(sent_at=None, queued_at__lt=at - rules.MAIL_TAKES)
    talks = told.filter(way=Sending.Way.CALL)
    is_near = timezone.localdate(at) >= openhouse.day - rules.CALLS_BEFORE
    calls = PlaceCall.objects.filter(
        ~Exists(talks if is_near else mails), OPEN_CALL, place__openhouse=openhouse
    ).select_related("place__invitation__association", "place__openhouse")
    return list(calls.prefetch_related("place__invitation__association__contacts"))


def call_of(openhouse: OpenHouse, pk: int) -> PlaceCall | None:
    """One call from the waiting list of this open house."""
    calls = PlaceCall.objects.filter(place__openhouse=openhouse, pk=pk)
    return calls.select_related("place__invitation", "place__openhouse").first()


def latest_call_of(invitation: Invitation) -> PlaceCall | None:
    """The last call, open or not: somebody may press on a page from before."""
    calls = PlaceCall.objects.filter(place__invitation=invitation)
    return calls.select_related("place__invitation", "place__openhouse").order_by("-pk").first()
