"""The order in which associations got places, and the waiting list as it is now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from brobygget.openhouse.models import OPEN_CALL, Invitation, OpenHouse, Place, PlaceCall, Sending


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


def calls_to_make(openhouse: OpenHouse) -> list[PlaceCall]:
    """Free places that somebody has to tell of by telephone, because no mail went or will go: three queries."""
    mails = Sending.objects.filter(
        invitation=OuterRef("place__invitation"),
        about=Sending.About.CALLED,
        way=Sending.Way.MAIL,
        queued_at__gte=OuterRef("called_at"),
    )
    calls = PlaceCall.objects.filter(~Exists(mails), OPEN_CALL, place__openhouse=openhouse).select_related(
        "place__invitation__association", "place__openhouse"
    )
    return list(calls.prefetch_related("place__invitation__association__contacts"))


def call_of(openhouse: OpenHouse, pk: int) -> PlaceCall | None:
    """One call from the waiting list of this open house."""
    calls = PlaceCall.objects.filter(place__openhouse=openhouse, pk=pk)
    return calls.select_related("place__invitation", "place__openhouse").first()


def latest_call_of(invitation: Invitation) -> PlaceCall | None:
    """The last call, open or not: somebody may press on a page from before."""
    calls = PlaceCall.objects.filter(place__invitation=invitation)
    return calls.select_related("place__invitation", "place__openhouse").order_by("-pk").first()
