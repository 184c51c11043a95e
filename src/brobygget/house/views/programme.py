"""The programme of the week: for everybody to read, for partners to write, and as large-text cards."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house import rules
from brobygget.house.commands import programme as commands
from brobygget.house.forms.programme import ItemForm, ItemTranslationForm
from brobygget.house.models import ProgrammeItem, ProgrammeTranslation
from brobygget.house.queries import programme as queries
from brobygget.people.request import AccountRequest, HouseRequest, role_required
from brobygget.web import moments, printing
from brobygget.web.languages import BY_CODE, current
from brobygget.web.once import once


def programme(request: HouseRequest) -> HttpResponse:
    """This week, day by day, in the reader's language."""
    if request.house is None:
        return redirect("home:start")
    today = timezone.localdate(request.now)
    found = queries.programme_between(request.house, today, today + timedelta(6), language=current().code)
    days: dict[object, list[queries.Happening]] = {}
    for one in found:
        days.setdefault(one.day, []).append(one)
    may_print = bool(set(rules.PLANS) & set(request.house.roles_of_reader))
    context = {"days": list(days.items()), "today": today, "may_print": may_print}
    return render(request, "house/programme.html", context)


def _item(request: AccountRequest, pk: int) -> ProgrammeItem:
    items = ProgrammeItem.objects.filter(house=request.house, ended_on=None)
    return get_object_or_404(items.select_related("partner", "house").prefetch_related("translations"), pk=pk)


@role_required(*rules.PLANS)
def items(request: AccountRequest) -> HttpResponse:
    """Everything in the programme, to change, translate and print."""
    return render(request, "house/items.html", {"items": queries.items_of(request.house)})


@role_required(*rules.PLANS)
def item_new(request: AccountRequest) -> HttpResponse:
    """Something new in the programme."""
    if request.method == "POST":
        return _add(request)
    form = ItemForm(house=request.house, initial={"language": request.house.language_codes[0]})
    return render(request, "house/item.html", {"form": form})


@once
def _add(request: AccountRequest) -> HttpResponse:
    form = ItemForm(request.POST, house=request.house)
    if not form.is_valid():
        return render(request, "house/item.html", {"form": form}, status=422)
    item = commands.add_item(**form.facts(request.house))
    messages.success(request, _("It is in the programme."))
    return redirect("house:item", pk=item.pk)


@role_required(*rules.PLANS)
def item(request: AccountRequest, pk: int) -> HttpResponse:
    """One item: its words, its translations, its card."""
    found = _item(request, pk)
    if request.method == "POST":
        return _change(request, found)
    facts = {
        name: getattr(found, name)
        for name in ("title", "text", "language", "day", "place", "who_for", "cost")
    }
    facts |= {"partner": str(found.partner_id), "starts": found.starts, "ends": found.ends}
    facts["weekday"] = "" if found.weekday is None else str(found.weekday)
    return _item_page(request, found, ItemForm(house=request.house, initial=facts))


@once
def _change(request: AccountRequest, found: ProgrammeItem) -> HttpResponse:
    form = ItemForm(request.POST, house=request.house)
    if not form.is_valid():
        return _item_page(request, found, form, status=422)
    commands.change_item(found, **form.facts(request.house))
    messages.success(request, _("Saved."))
    return redirect("house:item", pk=found.pk)


def _item_page(
    request: AccountRequest, found: ProgrammeItem, form: ItemForm, status: int = 200
) -> HttpResponse:
    codes = [code for code in request.house.language_codes if code != found.language]
    context = {
        "item": found,
        "form": form,
        "translations": found.translations.order_by("language"),
        "translation_form": ItemTranslationForm(codes=codes),
        "card_languages": [BY_CODE[code] for code in request.house.language_codes if code in BY_CODE],
    }
    return render(request, "house/item.html", context, status=status)


@require_POST
@role_required(*rules.PLANS)
@once
def item_translation(request: AccountRequest, pk: int) -> HttpResponse:
    """The item in another language."""
    found = _item(request, pk)
    codes = [code for code in request.house.language_codes if code != found.language]
    form = ItemTranslationForm(request.POST, codes=codes)
    if not form.is_valid():
        context = {
            "item": found,
            "translation_form": form,
            "translations": found.translations.order_by("language"),
        }
        return render(request, "house/item_translation.html", context, status=422)
    facts = dict(form.cleaned_data)
    status = ProgrammeTranslation.Status
    facts["status"] = status.CHECKED if facts.pop("is_checked") else status.DRAFT
    commands.translate_item(item=found, **facts)
    messages.success(request, _("Saved."))
    return redirect("house:item", pk=pk)


@require_POST
@role_required(*rules.PLANS)
@once
def item_ending(request: AccountRequest, pk: int) -> HttpResponse:
    """It does not happen any more."""
    commands.end_item(_item(request, pk), on=timezone.localdate(request.now))
    messages.success(request, _("It is no longer in the programme."))
    return redirect("house:items")


@role_required(*rules.PLANS)
def cards(request: AccountRequest) -> HttpResponse:
    """What somebody at the desk may be asked about: today's items first, then the week's, each once."""
    today = timezone.localdate(request.now)
    week = queries.programme_between(request.house, today, today + timedelta(6), language=current().code)
    found = {one.item.pk: one for one in reversed(week)}
    context = {"found": sorted(found.values(), key=lambda one: one.starts_at), "today": today}
    return render(request, "house/cards.html", context)


@role_required(*rules.PLANS)
def card_languages(request: AccountRequest, pk: int) -> HttpResponse:
    """In which language is the card wanted? Two presses from the question to the printer."""
    found = _item(request, pk)
    rows = queries.card_languages_of(found, request.house.language_codes)
    return render(request, "house/card_languages.html", {"item": found, "rows": rows})


@role_required(*rules.PLANS)
def card(request: AccountRequest, pk: int, code: str) -> HttpResponse:
    """A card in large text to hand over, in the language of whoever asked."""
    found = _item(request, pk)
    language = BY_CODE.get(code)
    if language is None or code not in request.house.language_codes:
        return redirect("house:item", pk=pk)
    address = request.build_absolute_uri(reverse("house:programme"))
    made = card_of(found, code, today=timezone.localdate(request.now), address=address)
    return HttpResponse(made, content_type="application/pdf")


def card_of(found: ProgrammeItem, code: str, *, today: date, address: str) -> bytes:
    """One sheet about one item in one language."""
    shown = queries.in_language(found, queries.next_day_of(found, today), code)
    with translation.override(code):
        data = {
            "language": code,
            "words_language": shown.language,
            "title": shown.title,
            "text": shown.text,
            "day": moments.day(shown.starts_at),
            "clock": f"{moments.clock(shown.starts_at)}–{moments.clock(shown.ends_at)}",
            "place": found.place,
            "house": found.house.name,
            "house_language": "sv",
            "partner": found.partner.name,
            "facts": [
                {"label": label, "value": value}
                for label, value in ((_("For"), shown.who_for), (_("Costs"), shown.cost))
                if value
            ],
            "original": "" if shown.is_original else found.title,
            "original_language": found.language,
            "note": "" if shown.is_checked else _("This translation has not yet been checked."),
            "qr": printing.qr_svg(address),
        }
    return printing.pdf("house/print/card.typ", data)
