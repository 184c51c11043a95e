"""The interests of a house: those that come with the program, and what the house has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from brobygget.associations.interests import Interest as ListedInterest
from brobygget.associations.interests import read_taxonomy
from brobygget.associations.interests.long_words import breakable
from brobygget.associations.models import AliasReview, Association, Interest, InterestLabel
from brobygget.house.models import House
from brobygget.web.languages import BY_CODE

ORIGINAL = "sv"
SAME_WORDS = {"sv-easy": "sv"}
# No label that comes with the program in one of these has been read by somebody who speaks the language.
NOT_YET_READ_BY_ANYBODY = frozenset({"ar", "fa", "ti", "so", "uk"})
# Can tell of somebody's faith, politics, health or origin: never anywhere but on the visitor's own phone.
SENSITIVE = frozenset({"faith", "politics", "disability", "lgbtq", "culture_groups", "sober", "women"})


@dataclass(frozen=True)
class Label:
    """A word for an interest, in the language that it is in."""

    text: str
    language: str
    is_checked: bool

    @property
    def is_fallback(self) -> bool:
        """Whether it is the Swedish word for lack of another."""
        return self.language == ORIGINAL

    @property
    def in_a_tile(self) -> str:
        """As it stands where there is little room."""
        return breakable(self.text) if self.language == ORIGINAL else self.text


@dataclass(frozen=True)
class InterestHere:
    """One group or activity as this house has it."""

    id: str
    is_group: bool
    group: str
    sort: int
    picture: str
    labels: Mapping[str, str]
    unread: frozenset[str]
    aliases: tuple[str, ...]
    is_added: bool = False
    is_retired: bool = False
    replaced_by: str = ""

    def label(self, language: str) -> Label:
        """The word in a language; in Swedish where there is none.

        A word that nobody who speaks the language has read is shown where the foot of the page says that of the whole
        language; in a language that is said to be read, the Swedish one stands until this word is read too.
        """
        code = SAME_WORDS.get(language, language)
        is_checked = code not in self.unread
        if code in self.labels and (is_checked or not BY_CODE[code].is_reviewed):
            return Label(self.labels[code], code, is_checked)
        return Label(self.labels.get(ORIGINAL, self.id), ORIGINAL, ORIGINAL not in self.unread)


@dataclass(frozen=True)
class Interests:
    """All interests of a house, by their ids."""

    by_id: Mapping[str, InterestHere]

    def groups(self) -> list[InterestHere]:
        """The groups that are offered, in their order."""
        return [one for one in self.offered() if one.is_group]

    def activities(self, group: str) -> list[InterestHere]:
        """The activities that are offered in a group."""
        return [one for one in self.offered() if one.group == group and not one.is_group]

    def offered(self) -> list[InterestHere]:
        """Everything that somebody can choose today."""
        return sorted(
            (one for one in self.by_id.values() if not one.is_retired), key=lambda one: (one.sort, one.id)
        )

    def standing_of(self, association: Association) -> list[InterestHere]:
        """What an association is about today, each once. Prefetch `interests`."""
        standing = (self.standing(each.interest) for each in association.interests.all())
        return list({each.id: each for each in standing if each is not None}.values())

    def meaning_the_same_as(self, interest: str) -> list[str]:
        """What has taken its place, if anything has, and every id whose place that one has taken."""
        now = self.standing(interest)
        if now is None:
            return [interest]
        return [each for each in self.by_id if self.standing(each) == now]

    def standing(self, interest: str) -> InterestHere | None:
        """An interest, or what has taken its place; None where nobody knows the id, or nothing took it."""
        for _step in range(10):
            found = self.by_id.get(interest)
            if found is None or not found.is_retired:
                return found
            interest = found.replaced_by
        return None


def interests_of(house: House) -> Interests:
    """The list of the program with the house's own changes: three queries."""
    here = {one.id: from_list(one) for one in read_taxonomy().interests.values()}
    for row in Interest.objects.filter(house=house):
        if row.is_added:
            here[row.interest] = InterestHere(
                id=row.interest,
                is_group=False,
                group=row.group,
                sort=row.sort,
                picture=row.picture,
                labels={},
                unread=frozenset(),
                aliases=tuple(row.aliases),
            )
        if row.interest in here:
            here[row.interest] = replace(
                here[row.interest],
                is_added=row.is_added,
                is_retired=row.retired_on is not None,
                replaced_by=row.replaced_by,
            )
    for label in InterestLabel.objects.filter(house=house):
        if label.interest in here:
            here[label.interest] = _with_label(here[label.interest], label)
    meant = AliasReview.objects.filter(house=house, decision=AliasReview.Decision.INTEREST)
    for word, interest in meant.order_by("word").values_list("word", "interest"):
        if interest in here:
            one = here[interest]
            here[interest] = replace(one, aliases=(*one.aliases, word))
    return Interests(MappingProxyType(here))


def from_list(one: ListedInterest) -> InterestHere:
    """As it comes with the program, before the house has said anything."""
    unread = (one.unread | NOT_YET_READ_BY_ANYBODY) & frozenset(one.labels)
    return InterestHere(
        id=one.id,
        is_group=one.is_group,
        group=one.group,
        sort=one.sort,
        picture=one.id,
        labels=one.labels,
        unread=unread,
        aliases=one.aliases,
    )


def _with_label(one: InterestHere, label: InterestLabel) -> InterestHere:
    unread = one.unread - {label.language}
    if label.status != InterestLabel.Status.CHECKED:
        unread |= {label.language}
    return replace(one, labels={**one.labels, label.language: label.label}, unread=unread)


def words_waiting(house: House, most: int = 200) -> list[AliasReview]:
    """Words of the register that nobody has decided on, the commonest first."""
    return list(AliasReview.objects.filter(house=house, decision=AliasReview.Decision.WAITING)[:most])


def words_decided(house: House, most: int = 50) -> list[AliasReview]:
    """What was decided last."""
    decided = AliasReview.objects.filter(house=house).exclude(decision=AliasReview.Decision.WAITING)
    return list(decided.order_by("-decided_on", "word")[:most])
