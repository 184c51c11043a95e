"""What every page is built with; these are builtins, so that no template loads them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect
from django.forms.widgets import CheckboxSelectMultiple
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.html import escape, format_html, linebreaks, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from brobygget.web import borrowed, figures, icons, languages, moments, sheet

register = template.Library()
NOT_YET_READ = gettext_noop("This translation has not yet been read by somebody who speaks the language.")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An interface icon, beside a word."""
    return icons.icon_svg(name)


@register.simple_tag
def picture(name: str) -> SafeString:
    """A pictogram, above a word."""
    return icons.picture_svg(name)


@register.simple_tag
def once() -> SafeString:
    """The key of one press: sent twice, it counts once."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid.uuid4())


@register.simple_tag
def linked_data(thing: Mapping[str, Any]) -> SafeString:
    """What the page is about, for machines (schema.org as JSON-LD).

    A block of data, which no browser runs: the page's policy has nothing to say about it. No sign that could end
    the block is left as it is.
    """
    text = json.dumps(thing, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def style_sheet() -> str:
    """The address of the one style sheet, which changes with its content."""
    return sheet.address()


@register.simple_tag
def field(bound: BoundField, big: bool = False) -> SafeString:
    """A label, its help, the input and what is wrong with it, tied together for screen readers."""
    widget = bound.field.widget
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    shape = "input"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        shape = "choices"
    elif isinstance(widget, CheckboxInput):
        shape = "tick"
    context = {"field": bound, "big": big, "shape": shape, "described": " ".join(described)}
    if shape != "choices":
        context["input"] = bound.as_widget(attrs=attributes)
    return mark_safe(render_to_string("web/_field.html", context))


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """What must be put right, above the form, with a link to each place."""
    return (
        mark_safe(render_to_string("web/_form_errors.html", {"form": form})) if form.errors else mark_safe("")
    )


@register.filter
def day(moment: date | datetime | None, with_year: str = "") -> str:
    """Weekday, day and month; `day:"year"` adds the year."""
    return moments.day(moment, with_year=bool(with_year)) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    """Hour and minute."""
    return moments.clock(moment) if moment else ""


@register.simple_tag
def hours(begins: datetime | None, ends: datetime | None) -> SafeString:
    """From when to when, the earlier hour to the left in every language."""
    return ltr(f"{clock(begins)}–{clock(ends)}")


@register.filter
def day_and_clock(moment: datetime | None) -> str:
    """Day and hour."""
    return moments.day_and_clock(moment) if moment else ""


@register.filter
def number(amount: float | None) -> str:
    """A number with the separators of the page's language."""
    return "" if amount is None else moments.number(amount)


@register.filter
def minutes(amount: float | None) -> str:
    """A length of time in words."""
    return "" if amount is None else moments.minutes(amount)


@register.filter
def ltr(text: object) -> SafeString:
    """A telephone number, a code or an address that keeps its direction in any language."""
    return format_html('<bdi dir="ltr">{}</bdi>', text)


def _spoken_in(code: str) -> SafeString:
    known = languages.BY_CODE.get(code)
    return format_html(' lang="{}"', known.tag if known else code) if code else mark_safe("")


@register.simple_tag
def words(text: object, lang: str = "") -> SafeString:
    """What somebody wrote, in their language and its direction."""
    return format_html('<span{} dir="auto">{}</span>', _spoken_in(lang), text)


@register.simple_tag
def words_block(text: object, lang: str = "") -> SafeString:
    """What somebody wrote, with its line breaks."""
    lines = linebreaks(str(text), autoescape=True).replace("<p>", '<p dir="auto">')
    return format_html('<div class="words"{} dir="auto">{}</div>', _spoken_in(lang), mark_safe(lines))


@register.simple_tag
def qr(address: str, label: str) -> SafeString:
    """A code for a phone's camera."""
    return figures.qr_svg(address, label=label)


def _is_mirrored() -> bool:
    return languages.current().is_right_to_left


def _together(names: Sequence[str]) -> str:
    return ", ".join(names)


@register.simple_tag
def circle(people: Sequence[tuple[str, str]]) -> SafeString:
    """The round as a drawing, with who has spoken, speaks and is still to come in words."""
    spoken = [name for name, state in people if state in figures.BEHIND_US]
    speaking = [name for name, state in people if state == "speaking"]
    waiting = [name for name, state in people if state not in figures.BEHIND_US and state != "speaking"]
    told = []
    if speaking:
        told.append(_("Speaking now: %(names)s.") % {"names": _together(speaking)})
    if spoken:
        told.append(_("Has had a turn: %(names)s.") % {"names": _together(spoken)})
    if waiting:
        told.append(_("Still to come: %(names)s.") % {"names": _together(waiting)})
    return figures.circle_svg(
        people, label=" ".join(told) or _("The circle is empty."), is_mirrored=_is_mirrored()
    )


@register.simple_tag
def deck(done: int, total: int, label: str = "") -> SafeString:
    """Progress as planks on a bridge."""
    told = label or _("%(done)s of %(total)s") % {"done": done, "total": total}
    return figures.deck_svg(done, total, label=told, is_mirrored=_is_mirrored())


@register.inclusion_tag("web/_time.html")
def time_bar(used: int, planned: int, text: str = "") -> dict[str, Any]:
    """The time used of the time meant, both in minutes."""
    return {
        "text": text or _("We take the time we need"),
        "told": _("%(used)s of %(planned)s min") % {"used": used, "planned": planned},
        "drawing": figures.time_svg(
            used,
            planned,
            label=_("%(used)s of %(planned)s min") % {"used": used, "planned": planned},
            is_mirrored=_is_mirrored(),
        ),
    }


@register.inclusion_tag("web/_curve.html")
def curve(
    points: Sequence[tuple[str, float | None]], heading: str, lowest: float = 1, highest: float = 5
) -> dict[str, Any]:
    """A curve over the meetings, (name, value) each, and the same as a table; None is shown as too few answers."""
    shown = [(name, moments.number(value)) for name, value in points if value is not None]
    told = ", ".join(f"{name}: {value}" for name, value in shown)
    return {
        "heading": heading,
        "points": [(name, None if value is None else moments.number(value)) for name, value in points],
        "drawing": figures.curve_svg(
            [value for _name, value in points],
            lowest=lowest,
            highest=highest,
            label=f"{heading}. {told}" if told else heading,
            is_mirrored=_is_mirrored(),
        ),
        "lowest": moments.number(lowest),
        "highest": moments.number(highest),
    }


@register.inclusion_tag("web/_unreviewed.html", takes_context=True)
def unreviewed(context: template.RequestContext) -> dict[str, Any]:
    """A note where nobody who speaks the page's language has read it yet; Swedish stands beside it."""
    context.render_context["is_told"] = True
    return _note()


@register.inclusion_tag("web/_unreviewed_foot.html", takes_context=True)
def unreviewed_foot(context: template.RequestContext) -> dict[str, Any]:
    """The same in one line at the foot of every page, unless the page has said it already."""
    return {**_note(), "is_told": context.render_context.get("is_told", False)}


def _note() -> dict[str, Any]:
    with translation.override("sv"):
        in_swedish = _(NOT_YET_READ)
    return {
        "is_reviewed": languages.current().is_reviewed,
        "in_own": borrowed.bare(_(NOT_YET_READ)),
        "in_swedish": in_swedish,
    }


class Promise(template.Node):
    """Words that must be exact. See `promise`."""

    def __init__(self, words: template.NodeList) -> None:
        self.words = words

    def render(self, context: template.Context) -> SafeString:
        own = self.words.render(context)
        page = languages.current()
        if page.is_reviewed or page.tag == languages.DEFAULT:
            return own
        with translation.override(languages.DEFAULT):
            in_swedish = self.words.render(context)
        if borrowed.bare(own) == in_swedish:
            return own
        return format_html(
            '{}<span class="in-swedish" lang="{}" dir="ltr">{}</span>', own, languages.DEFAULT, in_swedish
        )


@register.tag
def promise(parser: Parser, token: Token) -> Promise:
    """What somebody agrees to or is kept safe by: in a language that nobody has read yet, Swedish stands beside it."""
    words = parser.parse(("endpromise",))
    parser.delete_first_token()
    return Promise(words)


@register.simple_tag(takes_context=True)
def title_text(context: template.RequestContext) -> str:
    """The block `title` once more as plain text, for the tab: the same words as in the heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    title = " ".join(strip_tags(block.render(context)).split()) if block else ""
    house = getattr(getattr(context.get("request"), "house", None), "name", "") or "Brobygget"
    return mark_safe(f"{title} · {escape(house)}" if title else escape(house))


@register.simple_tag(takes_context=True)
def who(context: template.RequestContext) -> str:
    """A mark for "the same reader as before", so that a shared phone never sends one person's presses as another's."""
    request = context.get("request")
    participant = getattr(request, "participant", None)
    account = getattr(request, "user", None)
    reader = f"p{participant.pk}" if participant else f"a{getattr(account, 'pk', None)}"
    return salted_hmac("brobygget.web.outbox", reader).hexdigest()[:16]
