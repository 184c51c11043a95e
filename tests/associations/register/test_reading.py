"""Files as municipalities send them: encodings, separators, sheets, headings, booking systems."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest

from brobygget.associations.register import Limits, RegisterReading, UnreadableRegister, read_register

HEAD = "Förening;E-post;Telefon;Ort"
ROWS = (
    "Åby IF;info@abyif.example;0980-319201;Åby",
    "Södra kören;kor@sodra.example;0980-319202;Söderby",
    "Ängsvännerna;;;Ön",
)
PLAIN = "\r\n".join([HEAD, *ROWS]) + "\r\n"
NAMES = ["Åby IF", "Södra kören", "Ängsvännerna"]


def names(reading: RegisterReading) -> list[str]:
    return [record.name for record in reading.records]


def book(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title == hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("codec", "called"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("cp850", "cp850"),
        ("mac-roman", "mac-roman"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found(codec: str, called: str) -> None:
    reading = read_register(PLAIN.encode(codec))
    assert (names(reading), reading.encoding) == (NAMES, called)


def test_excels_unicode_text_is_read() -> None:
    reading = read_register(PLAIN.replace(";", "\t").encode("utf-16"))
    assert (names(reading), reading.delimiter) == (NAMES, "\t")


def test_letters_that_were_spoilt_before_are_turned_back() -> None:
    spoilt = PLAIN.encode("utf-8").decode("cp1252", "ignore")
    assert names(read_register(spoilt.encode("utf-8")))[1:] == ["Södra kören", "Ängsvännerna"]


def test_single_windows_letters_in_utf8_are_read_and_said() -> None:
    data = (
        PLAIN.encode("utf-8")
        + "Ljusåsens vänner;;;Åby\r\n".encode() * 12
        + "Gräsö byalag;;;Gräsö\r\n".encode("cp1252")
    )
    reading = read_register(data)
    assert reading.records[-1].name == "Gräsö byalag"
    assert [problem.code for problem in reading.file_problems] == ["mixed_encoding"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    reading = read_register(PLAIN.replace(";", separator).encode())
    assert (names(reading), reading.delimiter) == (NAMES, separator)


def test_excels_own_hint_of_the_separator_is_followed() -> None:
    assert names(read_register(("sep=|\r\n" + PLAIN.replace(";", "|")).encode())) == NAMES


def test_a_list_of_names_under_a_heading_is_a_register() -> None:
    assert names(read_register("Förening\nÅby IF\nSödra kören\n".encode())) == ["Åby IF", "Södra kören"]


def test_a_quotation_mark_that_never_closes_costs_one_row_and_is_said() -> None:
    text = "\n".join([HEAD, 'Åby "IF;a@b.example;;', '"Trasig;b@c.example;0980-319203;Åby', *ROWS])
    reading = read_register(text.encode())
    assert names(reading)[2:] == NAMES
    assert [problem.code for problem in reading.file_problems] == ["broken_quotation_mark"]
    assert reading.records[1].email == "b@c.example"


def test_line_breaks_inside_a_cell_are_kept_there() -> None:
    text = (
        HEAD
        + ';Information\r\nÅby IF;a@b.example;;Åby;"Rad ett\r\nrad två; och\r\n""tre"""\r\n'
        + ROWS[1]
        + ";\r\n"
    )
    reading = read_register(text.encode())
    assert reading.records[0].description == 'Rad ett\nrad två; och\n"tre"'
    assert names(reading) == NAMES[:2]


def test_rows_above_and_below_the_table_are_put_aside() -> None:
    text = "\n".join(
        ["Föreningar i kommunen", "", "Förening;;Kontakt;", HEAD, ROWS[0], "", HEAD, ROWS[1], "Summa: 2;;;"]
    )
    reading = read_register(text.encode())
    assert (names(reading), reading.header_row) == (NAMES[:2], 4)
    assert [(row.line, row.kind) for row in reading.skipped] == [
        (1, "banner"), (2, "blank"), (3, "banner"), (6, "blank"), (7, "repeated_header_row"), (9, "footer_row"),
    ]  # fmt: skip


def test_headings_over_several_columns_tell_whose_telephone_it_is() -> None:
    head = [["Förening", None, "Kontaktperson", None], ["Namn", "Telefon", "Namn", "Telefon"]]
    data = book(("Blad1", [*head, ["Åby IF", "0980-319201", "Anna Ek", "070-1740671"]]))
    (record,) = read_register(data).records
    assert (record.name, record.phone) == ("Åby IF", "+46980319201")
    assert (record.private.contact_name, record.private.contact_phone) == ("Anna Ek", "+46701740671")


def test_the_register_is_found_among_code_lists_and_hidden_sheets() -> None:
    rows = [line.split(";") for line in PLAIN.split("\r\n")[:-1]]
    data = book(
        ("Koder", [["Kod", "Kategori"], [1, "Idrott"]]),
        ("Gammalt", rows),
        ("Register", rows),
        hidden="Gammalt",
    )
    reading = read_register(data)
    assert (names(reading), reading.sheet) == (NAMES, "Register")
    assert read_register(data, sheet="Gammalt").sheet == "Gammalt"
    with pytest.raises(UnreadableRegister, match="no sheet called"):
        read_register(data, sheet="Finns inte")


def test_numbers_in_a_workbook_come_out_as_they_were_meant() -> None:
    data = book(
        (
            "B",
            [
                ["Förening", "Org.nr", "Mobil", "Postnr", "Ålder"],
                ["Åby IF", 8999990016.0, 701740606, 99912, "7-12"],
            ],
        )
    )
    (record,) = read_register(data).records
    assert (record.org_nr, record.phone, record.postcode) == ("899999-0016", "+46701740606", "999 12")


def test_what_a_person_confirms_goes_before_every_guess() -> None:
    text = "Klubbens benämning;Hemsida;Anm\nÅby IF;a@b.example;hej\n"
    mapping = {"Klubbens benämning": "name", "Hemsida": "email", "Anm": ""}
    reading = read_register(text.encode(), mapping=mapping)
    assert (reading.records[0].email, reading.unused_columns) == ("a@b.example", ("Anm",))
    assert {guess.confidence for guess in reading.columns} == {1.0}
    with pytest.raises(UnreadableRegister, match="is no field"):
        read_register(text.encode(), mapping={"Anm": "nonsense"})


def test_a_column_is_known_by_what_stands_in_it() -> None:
    text = "Förening;Kolumn A;Kolumn B\n" + "".join(f"F{n};info@f{n}.example;099{n}0\n" for n in range(5))
    guesses = {guess.header: guess for guess in read_register(text.encode()).columns}
    assert guesses["Kolumn A"].field == "email"
    assert 0.5 < guesses["Kolumn A"].confidence < guesses["Förening"].confidence


SMARTBOOK = {"list": {"items": [{"id": 1, "name": "Åby IF"}, {"id": 2, "name": "Bara i listan", "email": "x@y.example"}]},
             "details": [{"id": 1, "name": "Åby IF", "orgnr": "899999-0016", "city": "Åby", "ageRangeStrings": ["7-12 år"],
                          "ContactPersons": [{"name": "Anna Ek", "role": "Kassör", "mobile": "070-1740671"}]}]}  # fmt: skip
INTERBOOK = {"TotalNumberOfElements": 1, "Customers": [
    {"Id": 5, "Name": "Åby IF", "AssociationCategoryName": "Idrottsförening", "Email": "a@b.example", "DistrictNames": ["Norr"],
     "WebSite": "<a href='https://aby.example/'>Hemsida</a>", "CustomerOccupations": [{"Id": 0, "Name": "Fotboll"}, {"Id": 1, "Name": "Bandy"}],
     "CustomerContactPeople": [{"Id": 1, "Name": "Anna", "Surname": "Ek", "Mobile": "070-1740671"}]}]}  # fmt: skip
FRI = [{"Name": "Åby IF", "Type": "Idrottsförening", "Activity": "Fotboll", "Homepage": "www.aby.example",
        "Address": "Storgatan 1, 999 12, Åby", "Contact": "Anna Ek", "Övrig information": "Välkommen"}]  # fmt: skip
RBOK = [{"Namn": "Åby IF", "Beskrivning": "Välkommen", "Verksamheter": "FotbollBandy", "Målgrupper": "Barn (0-6 år)Ungdom (13-19 år)",
         "Områden": "Norr", "Kontakt": {"Namn": "Anna Ek", "E-post": "a@b.example", "Telefon": "0980-319201"}}]  # fmt: skip


@pytest.mark.parametrize(
    ("document", "preset", "expected"),
    [
        (SMARTBOOK, "smartbook", {"org_nr": "899999-0016", "age_min": 7, "age_max": 12, "city": "Åby"}),
        (
            INTERBOOK,
            "interbook",
            {"interests": ("football", "bandy"), "websites": ("https://aby.example/",), "district": "Norr"},
        ),
        (
            FRI,
            "fri",
            {"street": "Storgatan 1", "postcode": "999 12", "city": "Åby", "description": "Välkommen"},
        ),
        (
            RBOK,
            "rbok",
            {"interests": ("football", "bandy"), "age_min": 0, "age_max": 19, "email": "a@b.example"},
        ),
    ],
)
def test_the_four_booking_systems_are_recognised(
    document: Any, preset: str, expected: dict[str, Any]
) -> None:
    data = json.dumps(document).encode()
    reading = read_register(data)
    record = reading.records[0]
    assert reading.preset == preset
    assert {name: getattr(record, name) for name in expected} == expected
    assert (record.name, record.private.contact_name) == ("Åby IF", "Anna Ek")
    assert read_register(data, preset=preset).records == reading.records


def test_an_association_that_is_only_in_smartbooks_list_is_kept() -> None:
    assert names(read_register(json.dumps(SMARTBOOK).encode())) == ["Åby IF", "Bara i listan"]


def test_a_csv_of_a_booking_system_is_read_with_its_preset() -> None:
    text = "Name;Operations;Target groups\nÅby IF;FotbollBandy;Ungdom (13-19 år)\n"
    (record,) = read_register(text.encode(), preset="rbok").records
    assert (record.interests, record.age_min, record.age_max) == (("football", "bandy"), 13, 19)


def test_any_other_json_with_a_list_and_json_lines_are_read() -> None:
    items = [{"namn": "Åby IF", "e-post": "a@b.example"}, {"namn": "Södra kören"}]
    assert names(read_register(json.dumps({"svar": {"föreningar": items}}).encode())) == [
        "Åby IF",
        "Södra kören",
    ]
    assert names(read_register("\n".join(map(json.dumps, items)).encode())) == ["Åby IF", "Södra kören"]


def test_geojson_gives_the_place() -> None:
    feature = {
        "type": "Feature",
        "properties": {"namn": "Åby IF"},
        "geometry": {"type": "Point", "coordinates": [21.7, 65.8]},
    }
    (record,) = read_register(
        json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    ).records
    assert (record.name, record.latitude, record.longitude) == ("Åby IF", 65.8, 21.7)


def test_a_web_table_called_excel_is_read() -> None:
    page = "<html><body><table><tr><td>meny</td></tr></table><table><tr><th>Förening<th>E-post</tr>"
    page += "<tr><td>Åby &amp; vänner</td><td><a href='mailto:a@b.example'>skriv</a></td></tr></table></body></html>"
    (record,) = read_register(page.encode()).records
    assert (record.name, record.email) == ("Åby & vänner", "a@b.example")


def test_a_home_page_that_stands_behind_a_word_in_a_web_table_is_kept_and_a_name_stays_a_name() -> None:
    page = (
        "<html><body><table><tr><th>Förening<th>Hemsida<th>Kontaktperson</tr>"
        "<tr><td><a href='https://booking.example/12'>Åby IF</a><td><a href='https://aby.example/'>Hemsida</a>"
        "<td><a href='https://booking.example/p/3'>Anna Ek</a></tr>"
        "<tr><td>Byns kör<td>www.kor.example<td>-</tr>"
        "<tr><td>Byns schack<td><a href='javascript:alert(1)'>Webb</a><td></tr></table></body></html>"
    )
    records = read_register(page.encode()).records
    assert [(one.name, one.websites) for one in records] == [
        ("Åby IF", ("https://aby.example/",)),
        ("Byns kör", ("https://www.kor.example/",)),
        ("Byns schack", ()),
    ]
    assert records[0].private.contact_name == "Anna Ek"
    assert "bad_website" not in [problem.code for problem in records[0].problems]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\x00" * 64, "empty"),
        (bytes(range(256)) * 8, "not a text|no row"),
        (b"%PDF-1.7 hej", "a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old Excel"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"<!doctype html><p>no", "without a table"),
        (b'{"people": 3, "rou', "line 1, column"),
        (b'{"format": "x"}', "no list"),
        (b"[" * 200_000, "nested too deeply"),
        (b"hello there, nothing here\n1,2\n", "no row with column names"),
        ("Förening;E-post\n".encode(), "no associations"),
    ],
)
def test_what_is_no_register_is_refused_in_one_clear_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableRegister, match=says) as refused:
        read_register(data)
    assert "\n" not in str(refused.value)


def test_a_register_larger_than_the_limits_is_refused() -> None:
    with pytest.raises(UnreadableRegister, match="larger than"):
        read_register(PLAIN.encode(), limits=Limits(file_bytes=20))
    with pytest.raises(UnreadableRegister, match="more than 2 rows"):
        read_register(PLAIN.encode(), limits=Limits(rows=2))


def test_progress_goes_from_nothing_to_all() -> None:
    seen: list[tuple[int, int]] = []
    text = HEAD + "\n" + "".join(f"Förening {n};;;Åby\n" for n in range(450))
    read_register(text.encode(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 450), (200, 450), (400, 450), (450, 450)]


def test_a_row_that_is_only_a_persons_number_is_left_out_and_reported() -> None:
    text = "Förening;Org.nr\n121212-1212;\nÅby IF;121212-1212\n"
    reading = read_register(text.encode())
    assert names(reading) == ["Åby IF"]
    assert [(r.line, r.field, r.row_left_out) for r in reading.refused] == [
        (2, "Förening", True),
        (3, "Org.nr", False),
    ]
    assert (reading.records[0].status, reading.records[0].org_nr) == ("draft", "")


def test_a_column_for_persons_numbers_is_left_out_whole() -> None:
    text = "Förening;Ordf personnummer\nÅby IF;det här är hemligt\n"
    reading = read_register(text.encode())
    assert [(r.line, r.field, r.code) for r in reading.refused] == [(2, "Ordf personnummer", "personnummer")]
    assert "hemligt" not in repr(reading)
