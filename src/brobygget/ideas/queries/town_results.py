"""What everybody may know of a town's vote: released figures only, the strongest bridge first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from brobygget.ideas import rules
from brobygget.ideas.bridge_chart import DECKS, chart_svg
from brobygget.ideas.models import Answer, Figures, Tally, TownVote, Voter
from brobygget.ideas.queries.town_ideas import TownCard, shown_town_ideas, town_card, with_town_translations
from brobygget.web import languages, moments

ORDER = ("carries", "promising", "unsure", "divides")
AT_ONCE = 3  # bridges that can be read from eight metres
Kind = Tally.Kind


@dataclass(frozen=True)
class Bank:
    """One side of the bridge: a share that may be shown, and of how many."""

    name: str
    percent: int
    voters: int

    @property
    def share(self) -> str:
        """The share in words that tell how exact it is."""
        low, high = rules.least_and_most(self.voters)
        if self.percent >= high:
            return _("at least %(percent)d %%") % {"percent": high}
        if self.percent <= low:
            return _("at most %(percent)d %%") % {"percent": low}
        if rules.step_of(self.voters) > 1:
            return _("about %(percent)d %%") % {"percent": self.percent}
        return _("%(percent)d %%") % {"percent": self.percent}

    @property
    def label(self) -> str:
        """How exact the number under it is; nothing where it is exact."""
        low, high = rules.least_and_most(self.voters)
        if self.percent >= high:
            return pgettext("share", "at least")
        if self.percent <= low:
            return pgettext("share", "at most")
        return pgettext("share", "about") if rules.step_of(self.voters) > 1 else ""

    @property
    def number(self) -> str:
        """The share alone."""
        return _("%(percent)d %%") % {"percent": self.percent}

    @property
    def of(self) -> str:
        """Of how many."""
        return ngettext("of %(voters)s answer", "of %(voters)s answers", self.voters) % {
            "voters": moments.number(self.voters)
        }


@dataclass(frozen=True)
class Bridge:
    """One idea in the picture; without banks where too few have answered."""

    card: TownCard
    verdict: str
    banks: tuple[Bank, ...] = ()
    needed: tuple[int, ...] = ()
    by_banks: str = "unsure"
    is_opposed: bool = False

    @property
    def deck(self) -> str:
        """Whole, dashed, broken, or none yet."""
        return DECKS[self.verdict] if self.banks else "none"

    @property
    def drawing(self) -> SafeString:
        """The bridge, turned for languages that are read from the right."""
        return chart_svg(
            [bank.percent for bank in self.banks],
            DECKS[self.verdict] if self.banks else "none",
            is_mirrored=languages.current().is_right_to_left,
        )

    @property
    def paper_drawing(self) -> str:
        """The same for paper."""
        return str(
            chart_svg(
                [bank.percent for bank in self.banks],
                DECKS[self.verdict] if self.banks else "none",
                is_mirrored=languages.current().is_right_to_left,
                for_paper=True,
            )
        )

    @property
    def verdict_name(self) -> str:
        """One or two words."""
        if not self.banks:
            return verdict_name("few")
        return verdict_name("neither" if self.is_wanted_by_neither else self.verdict)

    @property
    def is_wanted_by_neither(self) -> bool:
        """Not divided: both sides would rather not."""
        return self.verdict == "divides" and all(bank.percent < 50 for bank in self.banks)

    @property
    def sentence(self) -> str:
        """What the verdict means here, and what is missing."""
        if not self.banks:
            return _("Nothing is shown until five on each side have answered.")
        if self.is_wanted_by_neither:
            return _("Neither side says yes to it. That is an answer too.")
        if ORDER.index(self.by_banks) < ORDER.index(self.verdict):
            if self.by_banks == "carries":
                return _("Both sides say yes, but some who answer alike do not. Talk more about it.")
            if self.verdict == "divides":
                return _(
                    "It is not new against long: some who answer alike say yes, others no. Talk about it."
                )
        if self.verdict == "carries":
            if self.is_opposed:
                return _("Both sides say yes. More than a third of one side says no: listen to them too.")
            return _("Both sides say yes, and enough have answered to be sure.")
        if self.verdict == "divides":
            return _("Here we think differently. Talk more about it.")
        return self.missing

    @property
    def missing(self) -> str:
        """How many more answers would settle it, and from whom."""
        new, established = self.needed
        if new and established:
            return _("%(from_new)s and %(from_established)s would tell.") % {
                "from_new": from_new(new),
                "from_established": from_established(established),
            }
        if new:
            return _("%(answers)s would tell.") % {"answers": from_new(new)}
        if established:
            return _("%(answers)s would tell.") % {"answers": from_established(established)}
        return _("It stands close to the middle. More talk tells more than more answers.")


def from_new(count: int) -> str:
    """So many answers from one side."""
    return ngettext(
        "%(count)d more answer from those who are new here",
        "%(count)d more answers from those who are new here",
        count,
    ) % {"count": count}


def from_established(count: int) -> str:
    """So many answers from the other side."""
    return ngettext(
        "%(count)d more answer from those who have lived here long",
        "%(count)d more answers from those who have lived here long",
        count,
    ) % {"count": count}


def verdict_name(verdict: str) -> str:
    """What a verdict is called."""
    return {
        "carries": pgettext("verdict", "It carries"),
        "promising": pgettext("verdict", "Promising"),
        "unsure": pgettext("verdict", "Not sure yet"),
        "divides": pgettext("verdict", "It divides us"),
        "neither": pgettext("verdict", "It does not carry"),
        "few": pgettext("verdict", "Too early"),
    }[verdict]


def bank_names() -> tuple[str, str]:
    """The two sides, as people say it."""
    return pgettext("bank", "new here"), pgettext("bank", "lived here long")


@dataclass(frozen=True)
class Results:
    """One tally of a vote, as everybody may see it."""

    vote: TownVote
    kind: str
    kinds: tuple[str, ...]  # those with answers
    voters: dict[str, int]
    late: int
    closed: int  # strips that were closed after they had been used
    bridges: list[Bridge] = field(default_factory=list)
    has_map: bool = False

    @property
    def known(self) -> list[Bridge]:
        """Those with figures."""
        return [bridge for bridge in self.bridges if bridge.banks]

    @property
    def waiting(self) -> list[Bridge]:
        """Those without figures yet."""
        return [bridge for bridge in self.bridges if not bridge.banks]

    @property
    def here(self) -> int:
        """How many have answered in this tally."""
        return self.voters.get(self.kind, 0)


def counts_of(vote: TownVote) -> dict[str, dict[str, int]]:
    """Of each kind: how many have answered, how many answers came late, how many used strips were closed.

    Strips and the open code are never added. When the answers have been forgotten, what was counted last stands.
    """
    if vote.forgotten_on is not None:
        return dict(vote.last_counts)
    rows = Voter.objects.filter(vote=vote)
    used = rows.aggregate(
        all=Count("pk"),
        strips=Count("strip"),
        closed=Count("pk", filter=Q(strip__revoked_on__isnull=False)),
    )
    late = Answer.objects.filter(voter__vote=vote, is_late=True).aggregate(
        all=Count("pk"), strips=Count("voter__strip")
    )
    return {
        Kind.STRIP.value: {"voters": used["strips"], "late": late["strips"], "closed": used["closed"]},
        Kind.OPEN.value: {
            "voters": used["all"] - used["strips"],
            "late": late["all"] - late["strips"],
            "closed": 0,
        },
    }


def voters_by_kind(vote: TownVote) -> dict[str, int]:
    """How many have answered: by strips, and by the open code. Two counts that are never added."""
    return {kind: counts["voters"] for kind, counts in counts_of(vote).items()}


def kind_shown(vote: TownVote, voters: dict[str, int], wished: str = "") -> str:
    """The tally that was asked for, else strips where these have figures, else the open code."""
    if wished in Kind.values and voters.get(wished):
        return wished
    if (
        voters[Kind.STRIP]
        and Figures.objects.filter(tally__vote=vote, tally__kind=Kind.STRIP).exclude(released={}).exists()
    ):
        return str(Kind.STRIP)
    return str(Kind.OPEN) if voters[Kind.OPEN] or not voters[Kind.STRIP] else str(Kind.STRIP)


def results_of(vote: TownVote, wished: str = "", *read_in: str) -> Results:
    """All bridges of one tally, in a number of queries that does not depend on how many there are."""
    counts = counts_of(vote)
    voters = {each: counted["voters"] for each, counted in counts.items()}
    kind = kind_shown(vote, voters, wished)
    tally = Tally.objects.filter(vote=vote, kind=kind).first()
    figures = dict(Figures.objects.filter(tally=tally).values_list("idea_id", "released")) if tally else {}
    rows = []
    for idea in with_town_translations(shown_town_ideas(vote)):
        told = figures.get(idea.pk)
        card = town_card(idea, *read_in)
        if not told:
            rows.append((len(ORDER), 0.0, Bridge(card, "unsure")))
            continue
        banks = tuple(
            Bank(name, percent, seen)
            for name, percent, seen in zip(bank_names(), told["percent"], told["voters"], strict=True)
        )
        bridge = Bridge(
            card,
            told["verdict"],
            banks,
            needed=tuple(told["needed"]),
            by_banks=told["by_banks"],
            is_opposed=told["is_opposed"],
        )
        rows.append((ORDER.index(told["verdict"]), -told["strength"], bridge))
    rows.sort(key=lambda row: (row[0], row[1], row[2].card.idea.pk))
    return Results(
        vote=vote,
        kind=kind,
        kinds=tuple(each for each in Kind.values if voters[each]),
        voters=voters,
        late=counts[kind]["late"],
        closed=counts[kind]["closed"],
        bridges=[row[2] for row in rows],
        has_map=bool(tally and tally.opinion_map),
    )


def tag_of(vote: TownVote, wished: str = "") -> str:
    """What changes when the picture would look different: figures, ideas, words, and how many have answered."""
    counts = voters_by_kind(vote)
    shown = ",".join(str(pk) for pk in shown_town_ideas(vote).values_list("pk", flat=True))
    seen = hashlib.blake2s(shown.encode(), digest_size=6).hexdigest()
    return f"{vote.pk}-{vote.picture}-{counts[Kind.STRIP]}-{counts[Kind.OPEN]}-{seen}-{wished if wished in Kind.values else ''}"
