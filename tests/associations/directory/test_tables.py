"""The register as files: no cell is a formula, and what was written is what is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brobygget.associations.commands import interests
from brobygget.associations.commands.restoring import restore_register
from brobygget.associations.forms.open_data import read_full, read_interests
from brobygget.associations.models import (
    AliasReview,
    Association,
    AssociationContact,
    AssociationText,
    Interest,
    LetterAddress,
)
from brobygget.associations.queries.find import find
from brobygget.associations.queries.interests import interests_of
from brobygget.associations.queries.records import FORMAT, full_records, own_interests, whole_register
from brobygget.associations.queries.wishes import Wishes
from brobygget.associations.sharing import tables
from brobygget.associations.views.open_data import FULL
from brobygget.house.models import House
from tests.associations.directory.register import an_association, with_everything_private
from tests.conftest import TODAY

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@\t\r\n'\"\x01\x0b\x1f_x005F;,|{}[]json:\u2028\u202e\ufeff åäöشሰ🧵"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
    ),
    max_size=40,
)
OWN = {
    "interest": "own-x", "group": "g-craft", "picture": "sewing", "aliases": [], "sort": 500, "is_added": True,
    "added_on": "2027-01-22", "retired_on": None, "replaced_by": "",
}  # fmt: skip
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@settings(max_examples=500)
@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=200))
def test_a_hundred_thousand_hostile_cells_come_back_as_they_were(rows: list[tuple[str, str]]) -> None:
    records = [{"a": first, "b": second} for first, second in rows]
    written = tables.csv_file(records, ["a", "b"], bom=True)
    assert tables.read_csv(written) == records
    for record in records:
        for text in record.values():
            assert not tables.neutral(text).startswith(DANGEROUS)
            assert tables.as_written(tables.neutral(text)) == text


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=20))
def test_hostile_cells_come_back_from_a_workbook_as_they_were(rows: list[tuple[str, str]]) -> None:
    records = [{"a": first, "b": second} for first, second in rows]
    assert tables.read_xlsx(tables.xlsx_file(records, ["a", "b"])) == records


def test_a_workbook_holds_texts_and_no_formula() -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(tables.xlsx_file([{"a": "=1+1"}], ["a"])))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")


def _written(house: House, kind: str) -> bytes:
    records = full_records(whole_register(house))
    if kind == "csv":
        return tables.csv_file(records, FULL, bom=True)
    if kind == "xlsx":
        return tables.xlsx_file(records, FULL)
    return json.dumps({"format": FORMAT, "variant": "full", "associations": records}).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=st.lists(HOSTILE, min_size=6, max_size=6))
def test_export_wipe_and_import_is_identical(house: House, kind: str, texts: list[str]) -> None:
    Association.objects.filter(house=house).delete()
    one = with_everything_private(house, "=x")
    one.name, one.description, one.can_try, one.fee_text = (
        (texts[0] or "x")[:300],
        texts[1],
        texts[2],
        texts[3],
    )
    one.alternate_names = [texts[4]]
    one.provenance = {"name": {"origin": "association", "at": texts[5]}}
    one.minimum_age, one.latitude, one.fee_is_voluntary = 0, -12.5, True
    one.save()
    AssociationText.objects.create(
        association=one, field="description", language="ar", text=texts[4], status="draft", written_on=TODAY
    )
    an_association(house, "-2 grader", interests=["fishing"], meets=[(6, "", "")], last_confirmed_on=TODAY)
    before = _written(house, kind)
    everything = full_records(whole_register(house))
    Association.objects.filter(house=house).delete()
    assert (LetterAddress.objects.count(), AssociationContact.objects.count()) == (0, 0)
    assert restore_register(house, read_full(before)) == 2
    assert full_records(whole_register(house)) == everything
    if kind != "xlsx":  # a workbook carries the hour at which it was made
        assert _written(house, kind) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "records",
    [
        [{}],
        [{"id": "x"}],
        [{"id": 1, "name": None}],
        [{"id": 1} | dict.fromkeys(FULL, "")],
        [[]],
        [{"id": 1} | dict.fromkeys(FULL, "{")],
    ],
)
def test_what_is_no_full_export_writes_nothing_and_says_so(house: House, records: Any) -> None:
    from brobygget.house.commands.refused import Refused

    with pytest.raises(Refused):
        restore_register(house, records)
    assert Association.objects.count() == 0


@pytest.mark.django_db
def test_a_full_export_is_not_put_into_a_register_that_holds_something(house: House) -> None:
    from brobygget.house.commands.refused import Refused

    an_association(house, "Syföreningen")
    records = full_records(whole_register(house))
    with pytest.raises(Refused):
        restore_register(house, records)
    assert Association.objects.count() == 1


@pytest.mark.django_db
def test_where_an_old_number_is_taken_all_get_new_ones_and_nothing_else_differs(
    house: House, other_house: House
) -> None:
    for number in range(3):
        an_association(house, f"Förening {number}", interests=["sewing"])
    records = full_records(whole_register(house))
    assert restore_register(other_house, records) == 3
    again = full_records(whole_register(other_house))
    assert {one["id"] for one in again}.isdisjoint(one["id"] for one in records)
    assert [one | {"id": 0} for one in again] == [one | {"id": 0} for one in records]


@pytest.mark.django_db
def test_what_a_house_has_said_about_interests_comes_along_into_another_house(
    house: House, other_house: House, marit: Any, client_of_account: Any
) -> None:
    lace = interests.add_interest(
        house=house, group="g-craft", picture="sewing", swedish="knyppling", english="lace making", on=TODAY
    )
    interests.name_interest(
        house=house, interest="sewing", language="uk", label="шиття", is_checked=True, on=TODAY
    )
    interests.retire_interest(house=house, interest="boule", replaced_by="bowling", on=TODAY)
    word = AliasReview.objects.create(house=house, word="spettkaksbak", count=2)
    interests.decide_word(word, decision=AliasReview.Decision.INTEREST, interest="baking", on=TODAY)
    an_association(house, "Knypplarna", interests=[lace.interest])
    told = own_interests(house)
    written = client_of_account(marit).get("/register/files/register.json").content
    records, words = read_full(written), read_interests(written)
    assert words == told
    restore_register(other_house, records, interests=words)
    assert own_interests(other_house) == told
    here = interests_of(other_house)
    assert (here.by_id["own-lace_making"].label("sv").text, here.by_id["boule"].replaced_by) == (
        "knyppling",
        "bowling",
    )
    found = find(other_house, Wishes(interests=("own-lace_making",)), on=TODAY).found
    assert [one.card.name for one in found] == ["Knypplarna"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"own": [{"interest": "own-x"}]},
        {"own": [{**OWN, "picture": "../x"}]},
        {"own": [{**OWN, "group": "sewing"}]},
        {"own": [{**OWN, "interest": "sewing"}]},
        {"own": [OWN], "labels": [{"interest": "own-x", "language": "sv", "label": "x" * 81, "status": "draft", "checked_on": None}]},
        {"words": [{"word": "x", "count": 1, "decision": "perhaps", "interest": "", "decided_on": None}]},
        {"words": [{"word": "121212-1212", "count": 1, "decision": "waiting", "interest": "", "decided_on": None}]},
    ],
)  # fmt: skip
def test_interests_that_no_house_has_written_are_refused_with_all_the_rest(house: House, wrong: Any) -> None:
    from brobygget.house.commands.refused import Refused

    with pytest.raises(Refused):
        restore_register(house, [], interests=wrong)
    assert (Interest.objects.count(), AliasReview.objects.count()) == (0, 0)
