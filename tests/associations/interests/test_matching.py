"""A municipality's words, understood as interests."""

from __future__ import annotations

import pytest

from brobygget.associations.interests import (
    Interest,
    Taxonomy,
    index_of,
    match_category,
    match_interests,
    match_name,
    read_taxonomy,
    split_tags,
)


def test_the_taxonomy_is_whole() -> None:
    interests = read_taxonomy().interests
    groups = [each for each in interests.values() if each.is_group]
    assert (len(groups), len(interests) - len(groups)) == (12, 110)
    assert {each.group for each in interests.values()} == {group.id for group in groups}
    aliases = [alias for each in interests.values() for alias in each.aliases if not each.is_group]
    assert len(aliases) == len(set(aliases))
    assert all({"sv", "en"} <= each.labels.keys() and each.emoji for each in interests.values())
    assert {each.meaning for each in read_taxonomy().special.values()} == {
        "venue",
        "ignore",
        "legal",
        "exclude",
        "policy",
    }
    assert "ti" in interests["boule"].unread


def test_every_alias_leads_to_its_own_interest_and_to_its_group_only_where_no_activity_has_it() -> None:
    interests = read_taxonomy().interests.values()
    of_activities = {alias: each.id for each in interests if not each.is_group for alias in each.aliases}
    of_groups = {alias: each.id for each in interests if each.is_group for alias in each.aliases}
    for alias in of_activities | of_groups:
        matches = match_interests(alias.capitalize())
        expected = ((of_activities[alias],), ()) if alias in of_activities else ((), (of_groups[alias],))
        assert (matches.interests, matches.groups) == expected


@pytest.mark.parametrize(
    ("text", "interests"),
    [
        ("Fotboll; skridskor", ("football", "ice_skating")),
        ("Fotboll för barn", ("football",)),
        ("Flickhandboll", ("handball",)),
        ("Folkmusik & folkdans", ("folk_music", "folk_dance")),
        ("fiske- och vattenvård", ("fishing",)),
        ("AmatörteaterBarnteaterRevy", ("theatre",)),
        ("Innebandyy", ("floorball",)),
        ("Simundervisning", ("swimming",)),
        ("ideellt arbete", ()),
        ("Lokaluthyrning", ()),
        ("Övrigt", ()),
    ],
)
def test_free_text(text: str, interests: tuple[str, ...]) -> None:
    assert match_interests(text).interests == interests


def test_what_nothing_fits_is_handed_back_for_a_person() -> None:
    matches = match_interests("Fotboll, kvastskaft, övrigt")
    assert (matches.interests, matches.unmatched) == (("football",), ("kvastskaft",))
    assert matches.meanings == {"ignore"}
    guess = match_interests("Innebandyy")
    assert [match.is_certain for match in guess.tags] == [False]


def test_words_run_together_are_taken_apart() -> None:
    text = "BarnkalasFotbollGruppträningKonsertMöteStudieverksamhet"
    assert split_tags(text) == ("Barnkalas", "Fotboll", "Gruppträning", "Konsert", "Möte", "Studieverksamhet")
    assert match_interests(text).were_run_together
    assert split_tags("Barn (0-6 år)Ungdom") == ("Barn (0-6 år)", "Ungdom")


def test_names_and_kinds_only_suggest() -> None:
    assert match_name("Älvnäs Bordtennisklubb") == ("table_tennis",)
    assert match_name("Kören Norrklang") == ("choir",)
    assert match_name("Älvnäs IF") == ()
    assert match_category("Pensionärsförening") == ("seniors",)
    assert match_category("Kulturförening") == match_category("Barn- och ungdomsförening") == ()


def test_a_house_may_add_interests_of_its_own() -> None:
    own = Interest(
        id="own-kick-sled", is_group=False, group="g-winter", sort=999, emoji="🛷", openmoji="", mulberry="", openactive_id="",
        wikidata_qid="", icnpo_hint="", labels={"sv": "spark"}, aliases=("sparkåkning",), unread=frozenset(),
    )  # fmt: skip
    usual = read_taxonomy()
    index = index_of(Taxonomy({**usual.interests, own.id: own}, usual.special))
    assert match_interests("Sparkåkning, fotboll", index).interests == ("own-kick-sled", "football")
    assert match_interests("Sparkåkning").interests == ()
