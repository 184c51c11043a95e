"""How well an association fits a visitor's wishes, and why: a sum of plain terms, each of which can be told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from brobygget.associations.interests.folding import folded, words_of
from brobygget.associations.models import Known
from brobygget.associations.queries.cards import Card, CardTime, names_of_language
from brobygget.associations.queries.directory import DirectoryNow
from brobygget.associations.queries.interests import InterestHere, Interests
from brobygget.associations.queries.typed_words import TypedWord
from brobygget.associations.queries.wishes import AGES, Wishes

EXACT, SAME_GROUP, TIME, LANGUAGE, NO_SWEDISH, FREE_TRY, COST, PLACE = 5, 2, 2, 2, 1, 1, 1, 1
IN_NAME, IN_INTEREST = 3.0, 2.0


@dataclass(frozen=True)
class Reason:
    """One term of the sum, as a code and what it is about; the sentence is made in the page's language."""

    code: str  # interest group time speaks no-swedish try-free free card place; called, named, other-name, told, at, text
    interest: InterestHere | None = None
    time: CardTime | None = None
    word: str = ""


@dataclass(frozen=True)
class Found:
    """An association that fits, and why."""

    card: Card
    interests: list[InterestHere]
    reasons: list[Reason] = field(default_factory=list)
    score: float = 0
    is_surprise: bool = False

    @property
    def picture(self) -> str:
        """Whose picture stands for it."""
        chosen = [reason.interest for reason in self.reasons if reason.interest is not None]
        known = [*chosen, *self.interests]
        return known[0].picture if known else "g-together"


def weighed(
    card: Card, row: dict[str, Any], wishes: Wishes, now: DirectoryNow, typed: list[TypedWord]
) -> Found | None:
    """How well it fits; None where a known no shuts the visitor out. `row` is the entry that the card lies in."""
    if not _may_come(card, wishes):
        return None
    reasons: list[Reason] = []
    score = score_of_words(row, typed, now, reasons) if typed else 0.0
    score += _score_of_kind(card, wishes, now.interests, reasons)
    score += _score_of_rest(card, wishes, reasons)
    known = [one for each in card.interests if (one := now.interests.by_id.get(each))]
    return Found(card, known, reasons, score)


def _may_come(card: Card, wishes: Wishes) -> bool:
    """Only a known no shuts somebody out: closed to new members, or for another age."""
    if card.takes_new_members == Known.NO:
        return False
    youngest, oldest = AGES.get(wishes.who, (0, 120))
    if card.minimum_age is not None and card.minimum_age > oldest:
        return False
    return card.maximum_age is None or card.maximum_age >= youngest


def score_of_words(
    row: dict[str, Any], typed: list[TypedWord], now: DirectoryNow, reasons: list[Reason]
) -> float:
    """What the words alone are worth; what they name is added to the reasons."""
    name = frozenset(row["name_words"].split())
    about = [one for one in row["interests"].split(",") if one]
    score, fits = 0.0, 0.0
    for one in typed:
        in_name = max((one.fits.get(word, 0.0) for word in name), default=0.0)
        fit, meant = max(((one.means.get(each, 0.0), each) for each in about), default=(0.0, ""))
        fits += in_name
        score += max(IN_NAME * in_name, IN_INTEREST * fit, one.spellings[0].fit / 2)
        if fit:
            reasons.append(Reason("called", interest=now.interests.by_id[meant]))
    return score + fits / max(len(name), 1)


def explained(one: Found, typed: list[TypedWord]) -> Found:
    """Where the words that were typed stand: only told of those that somebody reads of."""
    card, reasons = one.card, list(one.reasons)
    for each in typed:
        if _names(each, card.name):
            reasons.append(Reason("named"))
        reasons += [Reason("other-name", word=name) for name in card.alternate_names if _names(each, name)]
        reasons += [
            Reason("told", word=code) for code in card.languages if _names(each, names_of_language(code))
        ]
        reasons += [Reason("at", word=place) for place in card.places if _names(each, place)]
    if len(reasons) == len(one.reasons) and all(reason.code != "called" for reason in reasons):
        reasons.append(Reason("text"))
    return replace(one, reasons=reasons)


def _names(typed: TypedWord, text: str) -> bool:
    return any(word in typed.fits for word in words_of(text))


def _score_of_kind(card: Card, wishes: Wishes, interests: Interests, reasons: list[Reason]) -> float:
    score = 0.0
    exact = [one for one in wishes.interests if one in card.interests]
    for each in exact:
        score += EXACT
        reasons.append(Reason("interest", interest=interests.by_id.get(each)))
    if exact:
        return score
    for each in card.interests:
        found = interests.by_id.get(each)
        if found is None:
            continue
        groups = {interests.by_id[one].group for one in wishes.interests if one in interests.by_id}
        if found.group in wishes.groups:
            reasons.append(Reason("interest", interest=found))
            return EXACT
        if found.group in groups:
            reasons.append(Reason("group", interest=found))
            return SAME_GROUP
    return 0.0


def _score_of_rest(card: Card, wishes: Wishes, reasons: list[Reason]) -> float:
    score = 0.0
    time = _time_that_fits(card, wishes)
    if time is not None:
        score += TIME
        reasons.append(Reason("time", time=time))
    shared = [code for code in wishes.languages if code in card.languages]
    if shared:
        score += LANGUAGE
        reasons.append(Reason("speaks", word=shared[0]))
    if card.needs_no_swedish:
        score += NO_SWEDISH
        reasons.append(Reason("no-swedish"))
    if card.try_free == Known.YES:
        score += FREE_TRY
        reasons.append(Reason("try-free"))
    if "free" in wishes.costs and card.costs_nothing:
        score += COST
        reasons.append(Reason("free"))
    if "card" in wishes.costs and card.fritidskort == Known.YES:
        score += COST
        reasons.append(Reason("card"))
    if "try" in wishes.costs and card.try_free == Known.YES:
        score += COST
    if wishes.place:
        wanted = folded(wishes.place)
        near = next((place for place in card.places if wanted in folded(place)), "")
        if near:
            score += PLACE
            reasons.append(Reason("place", word=near))
    return score


def _time_that_fits(card: Card, wishes: Wishes) -> CardTime | None:
    if not wishes.parts and not wishes.days:
        return None
    for time in card.times:
        if wishes.days and time.weekday not in wishes.days:
            continue
        if wishes.parts and time.part not in wishes.parts:
            continue
        return time
    return None
