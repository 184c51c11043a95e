import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygget.ideas.drawing import HEIGHT, LONGEST, WIDTH, NotADrawing, cleaned, svg


def test_lines_and_curves_are_kept() -> None:
    path = "M 10,20 L30 40 50 60 Q 1 2 3 4 C1.25 2 3 4 5 6.0"
    assert cleaned(path) == "M10 20L30 40L50 60Q1 2 3 4C1.2 2 3 4 5 6"


def test_a_dot_as_the_phone_writes_it_is_a_dot() -> None:
    assert cleaned("M10 20h0M5 5L6 6") == "M10 20L10 20M5 5L6 6"


def test_what_was_cleaned_is_clean() -> None:
    once = cleaned("M1 1L2.55 3M4 5h0")
    assert cleaned(once) == once


def test_a_finger_beside_the_sheet_stays_on_its_edge() -> None:
    assert cleaned("M-20 10L900 900") == f"M0 10L{WIDTH} {HEIGHT}"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "L1 2",
        "M1 2",
        "M1 2M3 4",
        "M1",
        "M1 2L",
        "M1 2L3",
        "M1 2Q3 4",
        "M1 2L3 4Z",
        "m1 2l3 4",
        "M1 2A3 3 0 0 1 5 5",
        "M1 2L1e3 4",
        "M1 2LNaN 4",
        "M1 2L٣ 4",
        'M1 2L3 4"/><script>alert(1)</script>',
        "M1 2L3 4 url(javascript:alert(1))",
        "M1 2L99999 4",
        "M1 2L3 4\x00",
        "M1 2" + "L1 2" * LONGEST,
    ],
)
def test_anything_else_is_not_a_drawing(path: str) -> None:
    with pytest.raises(NotADrawing):
        cleaned(path)


@given(st.text(alphabet="MLQChZz0123456789.,- <>\"'/eE\n", max_size=60))
def test_what_comes_out_holds_only_lines_and_numbers(path: str) -> None:
    try:
        clean = cleaned(path)
    except NotADrawing:
        return
    assert set(clean) <= set("MLQC0123456789. ")
    assert clean.startswith("M")


def test_the_picture_says_what_it_is() -> None:
    drawn = svg("M1 2L3 4", 'En <hus> & "dörr"')
    assert 'd="M1 2L3 4"' in drawn
    assert 'aria-label="En &lt;hus&gt; &amp; &quot;dörr&quot;"' in drawn
