"""Who is invited, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from brobygget.associations.models import Association
from brobygget.house.models import House
from brobygget.openhouse import rules
from brobygget.openhouse.models import OPEN_CALL, Answer, Invitation, OpenHouse, PlaceCall, Sending

Said = Answer.Said
Reach = Association.Reach
A_PAGE = 50


@dataclass(frozen=True)
class Sums:
    """How the invitations stand."""

    invited: int
    yes: int
    no: int
    maybe: int
    silent: int
    by_mail: int
    by_letter: int
    by_phone: int


def sums_of(openhouse: OpenHouse) -> Sums:
    """In one query."""
    found = openhouse.invitations.aggregate(
        invited=Count("pk"),
        yes=Count("pk", filter=Q(answer__said=Said.YES)),
        no=Count("pk", filter=Q(answer__said=Said.NO)),
        maybe=Count("pk", filter=Q(answer__said=Said.MAYBE)),
        silent=Count("pk", filter=Q(answer=None)),
        by_mail=Count("pk", filter=Q(way=Reach.EMAIL)),
        by_letter=Count("pk", filter=Q(way=Reach.LETTER)),
        by_phone=Count("pk", filter=Q(way=Reach.PHONE)),
    )
    return Sums(**found)


def to_invite(house: House, openhouse: OpenHouse | None = None) -> QuerySet[Association]:
    """Living associations that can be reached and are not invited yet."""
    found = Association.objects.filter(house=house, status=Association.Status.ACTIVE, hidden_on=None)
    found = found.exclude(reach=Reach.NONE).order_by("name", "pk")
    if openhouse is None:
        return found
    return found.exclude(invitations__openhouse=openhouse)


def unreachable(house: House) -> int:
    """How many living associations nobody can reach."""
    active = Association.objects.filter(house=house, status=Association.Status.ACTIVE, hidden_on=None)
    return active.filter(reach=Reach.NONE).count()


def with_ways(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Invitations with all that a mail or a letter needs: two queries, however many."""
    found = invitations.select_related(
        "openhouse__house", "association__house", "association__letter_address"
    )
    return found.prefetch_related("association__contacts")


def with_state(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Invitations with what their state in words needs: three queries."""
    open_calls = PlaceCall.objects.filter(OPEN_CALL)
    found = invitations.select_related("openhouse__rule", "association", "answer", "place")
    return found.prefetch_related("sendings", Prefetch("place__calls", open_calls, to_attr="open_calls"))


WHICH = {
    "silent": Q(answer=None),
    "yes": Q(answer__said=Said.YES),
    "maybe": Q(answer__said=Said.MAYBE),
    "no": Q(answer__said=Said.NO),
    "letter": Q(way=Reach.LETTER),
    "phone": Q(way=Reach.PHONE),
}


def listed(openhouse: OpenHouse, *, text: str, which: str) -> QuerySet[Invitation]:
    """The invitations, chosen by a few letters and one question."""
    found = openhouse.invitations.filter(WHICH.get(which, Q()))
    for word in text.split()[:5]:
        found = found.filter(association__name__icontains=word)
    return with_state(found.order_by("association__name", "pk"))


def _told(way: Sending.Way) -> Exists:
    return Exists(Sending.objects.filter(invitation=OuterRef("pk"), way=way))


def without_mail(openhouse: OpenHouse) -> QuerySet[Invitation]:
    """Invited by e-mail, and no mail is on its way yet."""
    return openhouse.invitations.filter(~_told(Sending.Way.MAIL), way=Reach.EMAIL)


def without_letter(openhouse: OpenHouse) -> QuerySet[Invitation]:
    """Invited by letter, and none is printed yet."""
    return openhouse.invitations.filter(~_told(Sending.Way.LETTER), way=Reach.LETTER)


def printed_letters(openhouse: OpenHouse) -> QuerySet[Invitation]:
    """Those whose letter was made; it can be printed again as long as nobody has answered."""
    found = openhouse.invitations.filter(_told(Sending.Way.LETTER), answer=None)
    return with_ways(found.order_by("association__name", "pk"))


def mails_waiting(openhouse: OpenHouse) -> tuple[int, datetime | None]:
    """How many mails have not gone yet, and when the first of those that wait longer is tried."""
    waiting = Sending.objects.filter(
        invitation__openhouse=openhouse, way=Sending.Way.MAIL, sent_at=None
    ).order_by("not_before")
    later = waiting.exclude(not_before=None).values_list("not_before", flat=True).first()
    return waiting.count(), later


def to_nudge(openhouse: OpenHouse, *, at: datetime) -> QuerySet[Invitation]:
    """Silent ones that were written to by mail a week ago or more, and reminded at most once; none after the close."""
    if rules.is_late_at(openhouse, at=at):
        return openhouse.invitations.none()
    mails = Sending.objects.filter(
        invitation=OuterRef("pk"),
        way=Sending.Way.MAIL,
        about__in=(Sending.About.INVITED, Sending.About.NUDGED),
    )
    recent = mails.filter(queued_at__gt=at - rules.NUDGE_AFTER)
    nudges = Count("sendings", filter=Q(sendings__about=Sending.About.NUDGED, sendings__way=Sending.Way.MAIL))
    found = openhouse.invitations.filter(answer=None).annotate(nudges=nudges)
    return found.filter(Exists(mails), ~Exists(recent), nudges__lt=rules.NUDGES)


def to_call(openhouse: OpenHouse) -> QuerySet[Invitation]:
    """The telephone list: those that have not answered and got no mail, or said maybe. Nobody is called who said no."""
    quiet = Q(answer=None) & ~Q(way=Reach.EMAIL)
    found = openhouse.invitations.filter(quiet | Q(answer__said=Said.MAYBE))
    found = found.select_related("answer", "association", "openhouse__house")
    return found.prefetch_related("association__contacts", "sendings").order_by("association__name", "pk")


def invitation_of(openhouse: OpenHouse, pk: int) -> Invitation | None:
    """One invitation to this open house."""
    found = with_state(openhouse.invitations.filter(pk=pk))
    return found.select_related(
        "openhouse__house", "openhouse__rule", "association__letter_address", "answer", "place"
    ).first()
