"""What is the same association, what may be, and what only looks so."""

from __future__ import annotations

import pytest

from brobygget.associations.register import Duplicate, read_register

HEAD = "Fören.nr;Förening;Org.nr;E-post;Ort\n"


def duplicates(*rows: str) -> list[tuple[str, bool, int]]:
    found: tuple[Duplicate, ...] = read_register((HEAD + "\n".join(rows)).encode()).duplicates
    return [(each.kind, each.is_certain, each.kept) for each in found]


def test_the_same_number_in_the_register_is_certain_and_the_last_row_wins() -> None:
    assert duplicates("1;Åby IF;;;Åby", "1;Åby IF;;a@b.example;Åby") == [("source id", True, 3)]


def test_the_same_organisation_number_needs_something_more_to_be_certain() -> None:
    assert duplicates("1;Åby IF;899999-0016;a@b.example;Åby", "2;Åbys idrott;8999990016;a@b.example;Åby") == [
        ("organisation number", True, 2)
    ]
    assert duplicates("1;Åby IF;899999-0016;;Åby", "2;Norra kören;899999-0016;;Åby") == [
        ("organisation number", False, 2)
    ]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Tråd och Vänner", "Tråd & vänner", "name and town"),
        ("Åby innebandyklubb", "Åby IBK", "name and town"),
        ("Föreningen Ljuset", "Ljuset, ideell förening", "name and town"),
        ("Hembygdsföreningen Älven", "Hembygdsförenningen Älven", "similar name"),
    ],
)
def test_a_likeness_is_proposed_and_never_certain(first: str, second: str, kind: str) -> None:
    assert duplicates(f"1;{first};899999-0016;;Åby", f"2;{second};;;Åby") == [(kind, False, 2)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1;Åby IF;;;Åby", "2;Åby IK;;;Åby"),
        ("1;Åby byalag;;;Åby", "2;Åby byalag;;;Ängby"),
        ("1;PRO Åby;;;Åby", "2;SPF Åby;;;Åby"),
        ("1;Jaktlag 1;;;Åby", "2;Jaktlag 2;;;Åby"),
        ("1;Åby sportklubb;899999-0016;;Åby", "2;Åby sportklubb;899999-0024;;Åby"),
        ("1;Norra vägen;;a@b.example;Åby", "2;Östra kören;;a@b.example;Åby"),
        ("1;Åby dansklubb;;;Åby", "2;Åby danskrets;;;Åby"),
        ("1;Staintons syjunta;;;", "2;Stantons syjunta;;;"),
    ],
)
def test_what_only_looks_alike_is_left_alone(first: str, second: str) -> None:
    assert duplicates(first, second) == []


def test_three_rows_of_one_association_leave_one() -> None:
    rows = [f"{n};Åby IF;899999-0016;a@b.example;Åby" for n in (1, 2, 3)]
    reading = read_register((HEAD + "\n".join(rows)).encode())
    assert [record.duplicate_of for record in reading.records] == [None, 2, 2]
    assert len(reading.associations) == 1
