"""What cannot be is said in one clear sentence, in the reader's language, and what was written stays on the screen."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import joining
from brobygget.circles.models import Circle, Meeting, Membership, PulseAnswer
from brobygget.ideas.models import Idea

Press = Callable[..., Any]
COME_IN = {"alias": "Samira", "language": "fa", "years_here": ""}
LANGUAGES = ["sv", "en", "ar"]


def _said(answer: Any) -> str:
    """The words of a page's main part, without the words of fields and buttons."""
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert main is not None
    bare = re.sub(r"<(textarea|option|script|style)\b.*?</\1>", " ", main[0], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


@pytest.fixture
def reader(everybody: list[Membership], client_of: Callable[..., Client]) -> Callable[[str], Client]:
    """Hassan's phone, in a language."""

    def make(language: str) -> Client:
        phone = client_of(everybody[3])
        phone.cookies["language"] = language
        return phone

    return make


@pytest.fixture
def stranger() -> Callable[[str], Client]:
    """A phone that is in no circle, in a language."""

    def make(language: str) -> Client:
        phone = Client()
        phone.cookies["language"] = language
        return phone

    return make


@pytest.fixture
def door(circle: Circle, today: date) -> str:
    return reverse("circles:join", args=[joining.token_of(joining.open_invitation(circle, on=today))])


LINK = {
    "sv": "Den här länken fungerar inte längre. Den kan vara gammal eller felskriven.",
    "en": "This link does not work any more. It may be old, or written wrongly.",
    "ar": "هذا الرابط لم يعد يعمل. ربما يكون قديمًا أو مكتوبًا خطأً.",
}
KEPT = {"sv": "Inget är borta.", "en": "Nothing is lost.", "ar": "لم يضع شيء."}
LETTER = {
    "sv": "Skriv minst en bokstav.",
    "en": "Write at least one letter.",
    "ar": "اكتب حرفًا واحدًا على الأقل.",
}
NUMBER = {
    "sv": "Det ser ut som ett personnummer. Vi sparar aldrig sådana.",
    "en": "That looks like an identity number. We never keep those.",
    "ar": "يبدو هذا كرقم هوية. نحن لا نحفظ هذه الأرقام أبدًا.",
}
LONG = {
    "sv": "Det är 10000 tecken långt. Det får plats 1000.",
    "en": "This is 10000 characters long; there is room for 1000.",
    "ar": "طول النص 10000 حرفًا، والمكان يتسع لـ 1000.",
}
NOT_OPEN = {
    "sv": "Ingen träff är öppen just nu. Inget skickades; dina ord finns kvar här.",
    "en": "No meeting is open now. Nothing was sent; your words are still here.",
    "ar": "لا يوجد لقاء مفتوح الآن. لم يُرسَل شيء، وكلماتك ما زالت هنا.",
}
TAPPED = {
    "sv": "Du har redan tryckt här. Ditt första tryck är räknat.",
    "en": "You have already tapped here. Your first tap is counted.",
    "ar": "ضغطت هنا بالفعل. حُسبت ضغطتك الأولى.",
}
CLOSED = {
    "sv": "Den här träffen är avslutad. Det du gjorde innan är sparat.",
    "en": "This meeting is closed. What you did before is saved.",
    "ar": "انتهى هذا اللقاء. ما فعلته من قبل محفوظ.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_link_and_a_closed_one_say_what_to_do(
    language: str, stranger: Callable[[str], Client], door: str, circle: Circle, press: Press, clock: datetime
) -> None:
    joining.revoke_invitations(circle, kind="link", at=clock)
    phone = stranger(language)
    answers = [
        phone.get(reverse("circles:join", args=["A" * 22])),
        phone.get(door),
        press(phone, door, **COME_IN),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert [_said(answer).startswith(LINK[language]) for answer in answers] == [True] * 3
    assert not circle.memberships.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("alias", "sentence"), [("😀😀", LETTER), ("811218-9876", NUMBER)])
def test_an_alias_that_cannot_be_keeps_the_other_answers(
    language: str,
    alias: str,
    sentence: dict[str, str],
    stranger: Callable[[str], Client],
    door: str,
    circle: Circle,
    press: Press,
) -> None:
    answer = press(stranger(language), door, **{**COME_IN, "alias": alias, "years_here": "3-10"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert KEPT[language] in _said(answer)
    assert sentence[language] in _said(answer)
    assert f'value="{alias}"' in page
    assert re.search(r'value="3-10"[^>]* checked', page)
    assert not circle.memberships.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "sentence"), [("å" * 10_000, LONG), ("Ring 19811218-9876", NUMBER)])
def test_an_idea_that_cannot_be_kept_is_still_on_the_screen(
    language: str,
    text: str,
    sentence: dict[str, str],
    reader: Callable[[str], Client],
    circle: Circle,
    press: Press,
) -> None:
    phone = reader(language)
    answer = press(
        phone, reverse("ideas:give", args=[circle.pk]), text=text, language="ar", drawing="M1 2L3 4"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert KEPT[language] in _said(answer)
    assert sentence[language] in _said(answer)
    assert f"{text}</textarea>" in page
    assert 'value="M1 2L3 4"' in page
    assert '<option value="ar" selected>' in page
    assert not Idea.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_in_an_idea_is_words(
    language: str, reader: Callable[[str], Client], circle: Circle, press: Press
) -> None:
    phone, address = reader(language), reverse("ideas:give", args=[circle.pk])
    answer = press(phone, address, text="<b>fest</b><script>1</script>", language="sv", drawing="")
    page = phone.get(answer["Location"]).content.decode()
    assert "&lt;b&gt;fest&lt;/b&gt;&lt;script&gt;1&lt;/script&gt;" in page
    assert "<b>fest" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_meeting_keeps_an_idea_on_the_screen_and_takes_no_tap(
    language: str,
    reader: Callable[[str], Client],
    circle: Circle,
    meeting: Meeting,
    press: Press,
    clock: datetime,
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=clock)
    phone = reader(language)
    idea = press(phone, reverse("ideas:give", args=[circle.pk]), text="نطبخ معًا", language="ar", drawing="")
    assert idea.status_code == 409
    assert NOT_OPEN[language] in _said(idea)
    assert "نطبخ معًا</textarea>" in idea.content.decode()
    tap = press(phone, reverse("circles:pulse_tap", args=[meeting.pk]), secret_step=4, moment=0)
    assert (tap.status_code, PulseAnswer.objects.count()) == (409, 0)
    assert CLOSED[language] in _said(tap)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubled_tap_counts_once_and_a_second_one_says_so(
    language: str, reader: Callable[[str], Client], meeting: Meeting, press: Press
) -> None:
    phone, address = reader(language), reverse("circles:pulse_tap", args=[meeting.pk])
    key = "b3c2f1de-0000-4000-8000-000000000002"
    doubled = [press(phone, address, key=key, secret_step=4, moment=0) for _tap in range(2)]
    assert [answer.status_code for answer in doubled] == [302, 302]
    second = press(phone, address, secret_step=5, moment=0)
    assert (second.status_code, PulseAnswer.objects.count()) == (409, 1)
    assert TAPPED[language] in _said(second)
