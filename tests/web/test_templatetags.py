from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from brobygget.web import icons


class NameForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Any name.", min_length=2)
    wish = forms.CharField(label="Wish", required=False)
    years = forms.ChoiceField(label="Years", choices=[("1", "one"), ("2", "two")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="Agrees", required=False)


def shown(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_a_field_is_tied_to_its_help_and_its_error() -> None:
    html = shown("{% field form.name %}", form=NameForm({"name": "S"}))
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_help"' in html
    assert 'id="id_name_error"' in html
    assert '<label for="id_name">' in html


def test_a_field_without_fault_says_nothing_of_faults() -> None:
    html = shown("{% field form.wish %}", form=NameForm({"name": "Samira", "years": "1"}))
    assert "aria-invalid" not in html
    assert "_error" not in html


def test_choices_are_a_group_with_a_legend() -> None:
    html = shown("{% field form.years %}", form=NameForm())
    assert "<legend>Years" in html
    assert html.count('type="radio"') == 2
    assert html.count('<label class="choice"') == 2


def test_a_form_with_faults_lists_each_with_a_way_to_it() -> None:
    html = shown("{% form_errors form %}", form=NameForm({"name": "S", "years": "1"}))
    assert 'role="alert"' in html
    assert '<a href="#id_name">Name</a>' in html
    assert shown("{% form_errors form %}", form=NameForm({"name": "Samira", "years": "1"})) == ""


def test_each_form_gets_a_key_of_its_own() -> None:
    one, other = shown("{% once %}|{% once %}").split("|")
    assert one.startswith('<input type="hidden" name="key" value="')
    assert one != other


def test_what_people_wrote_is_escaped_and_keeps_its_language() -> None:
    assert (
        shown("{% words text 'ar' %}", text="<script>س")
        == '<span lang="ar" dir="auto">&lt;script&gt;س</span>'
    )
    assert shown("{% words text %}", text="Hej") == '<span dir="auto">Hej</span>'
    assert 'lang="sv"' in shown("{% words text 'sv-easy' %}", text="Hej")


def test_a_block_of_words_keeps_its_lines_and_escapes() -> None:
    html = shown("{% words_block text 'fa' %}", text="ای\n<b>\n\nدو")
    assert html.count('<p dir="auto">') == 2
    assert "<br>" in html
    assert "&lt;b&gt;" in html


def test_a_telephone_number_keeps_its_direction() -> None:
    assert shown("{{ number|ltr }}", number="0921-12 345") == '<bdi dir="ltr">0921-12 345</bdi>'


def test_an_icon_without_a_file_is_an_error_that_names_it() -> None:
    with pytest.raises(icons.UnknownPictureError, match="no-such-thing"):
        shown("{% icon 'no-such-thing' %}")


def test_every_picture_in_the_list_can_be_drawn() -> None:
    for name in icons.pictures():
        assert 'aria-hidden="true"' in icons.picture_svg(name)


def test_the_round_is_told_in_words() -> None:
    people = [("Jonas", "spoken"), ("Elin", "speaking"), ("Yusuf", "waiting")]
    with translation.override("sv"):
        html = shown("{% circle people %}", people=people)
    assert 'aria-label="Talar nu: Elin. Har haft ordet: Jonas. Kvar: Yusuf."' in html


def test_a_curve_is_a_table_too_and_hides_what_too_few_answered() -> None:
    with translation.override("sv"):
        html = shown("{% curve points 'Tillit' %}", points=[("Träff 1", 2.9), ("Träff 2", None)])
    assert "<td>2,9</td>" in html
    assert "för få" in html
    assert 'aria-label="Tillit. Träff 1: 2,9"' in html


@pytest.mark.parametrize(
    ("code", "told"), [("sv", "11.00–16.00"), ("ar", "11:00–16:00"), ("fa", "11:00–16:00")]
)
def test_hours_stand_in_the_same_order_in_every_language(code: str, told: str) -> None:
    begins, ends = datetime(2027, 4, 24, 9, 0, tzinfo=UTC), datetime(2027, 4, 24, 14, 0, tzinfo=UTC)
    with translation.override(code):
        html = shown("{% hours begins ends %}", begins=begins, ends=ends)
    assert html == f'<bdi dir="ltr">{told}</bdi>'


def test_the_note_on_unread_translations_shows_swedish_beside() -> None:
    with translation.override("ar"):
        html = shown("{% unreviewed %}")
    assert 'lang="sv"' in html
    assert "Den här översättningen" in html
    with translation.override("sv"):
        assert shown("{% unreviewed %}").strip() == ""


PROMISE = "{% promise %}{% translate 'We count presses. Nobody can see who pressed.' %}{% endpromise %}"
IN_SWEDISH = "Vi räknar tryck. Ingen kan se vem som tryckte."


@pytest.mark.parametrize(("code", "times"), [("sv", 1), ("sv-easy", 1), ("en", 0), ("ar", 1)])
def test_a_promise_stands_in_swedish_too_where_nobody_has_read_the_language(code: str, times: int) -> None:
    with translation.override(code):
        html = shown(PROMISE)
        own = shown(PROMISE.replace("{% promise %}", "").replace("{% endpromise %}", ""))
    assert html.startswith(own)
    assert html.count(IN_SWEDISH) == times
    assert ('<span class="in-swedish" lang="sv" dir="ltr">' in html) == (code == "ar")


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_a_promise_that_nobody_has_translated_stands_in_swedish_once(
    code: str,
) -> None:
    source = "{% promise %}{% translate 'No sentence of ours.' %}{% endpromise %}"
    with translation.override(code):
        html = shown(source)
    assert html.count("No sentence of ours.") == 1
    assert "in-swedish" not in html


def test_what_is_put_into_a_promise_is_made_harmless_once() -> None:
    with translation.override("ar"):
        html = shown(
            "{% promise %}{{ name }}, {% translate 'Thank you!' %}{% endpromise %}", name="<b>Å & Ä</b>"
        )
    assert html.count("&lt;b&gt;Å &amp; Ä&lt;/b&gt;") == 2
    assert "<b>" not in html


def test_the_same_reader_has_the_same_mark_and_another_has_another() -> None:
    class Somebody:
        def __init__(self, pk: int) -> None:
            self.pk = pk

    def mark(pk: int) -> str:
        request = RequestFactory().get("/")
        request.participant = Somebody(pk)  # type: ignore[attr-defined]
        return shown("{% who %}", request=request)

    assert mark(1) == mark(1) != mark(2)
    assert mark(1) != "1"
    assert len(mark(1)) == 16
