"""An association's texts in other languages, written by a person: for the house's staff, and for itself."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.associations import rules
from brobygget.associations.commands.texts import save_translations
from brobygget.associations.forms.texts import TranslationForm
from brobygget.associations.models import Association
from brobygget.associations.queries.texts import how_far, languages_for, originals_of, texts_in
from brobygget.associations.request import OwnRequest, own_link_required
from brobygget.associations.views.association import headings_of_texts
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once

STAFF, OWN = "associations/texts.html", "associations/own_texts.html"


def _find(request: AccountRequest, pk: int) -> Association:
    return get_object_or_404(Association.objects.filter(house=request.house), pk=pk)


def _list(request: HttpRequest, association: Association, template: str) -> HttpResponse:
    context = {
        "association": association,
        "offered": how_far(association),
        "number": len(originals_of(association)),
    }
    return render(request, template, context)


def _page(
    request: HttpRequest,
    association: Association,
    code: str,
    template: str,
    bound: TranslationForm | None = None,
) -> HttpResponse:
    language = languages_for(association).get(code)
    if language is None:
        raise Http404
    originals, here = originals_of(association), texts_in(association, code)
    form = bound or TranslationForm(originals=originals, here=here)
    headings = headings_of_texts()
    for name in originals:
        form.fields[name].widget.attrs |= {
            "lang": language.tag,
            "dir": "rtl" if language.is_right_to_left else "ltr",
        }
    context = {
        "association": association,
        "into": language,
        "form": form,
        "texts": [
            {
                "heading": headings[name],
                "original": text,
                "bound": form[name],
                "translation": here.get(name),
            }
            for name, text in originals.items()
        ],
    }
    return render(request, template, context, status=422 if bound else 200)


def _save(
    request: AccountRequest | OwnRequest,
    association: Association,
    code: str,
    template: str,
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    if code not in languages_for(association):
        raise Http404
    originals = originals_of(association)
    form = TranslationForm(request.POST, originals=originals, here=texts_in(association, code))
    if not form.is_valid():
        return _page(request, association, code, template, form)
    save_translations(
        association,
        language=code,
        texts=form.texts(),
        is_checked=form.cleaned_data["is_checked"],
        on=timezone.localdate(request.now),
        at=request.now,
    )
    messages.success(request, _("Saved."))
    return done()


@role_required(*rules.KEEPS)
def texts(request: AccountRequest, pk: int) -> HttpResponse:
    """How far each language has come."""
    return _list(request, _find(request, pk), STAFF)


@role_required(*rules.KEEPS)
def translation(request: AccountRequest, pk: int, code: str) -> HttpResponse:
    """The original beside the translation, in one language."""
    found = _find(request, pk)
    if request.method == "POST":
        return _save_for_staff(request, found, code)
    return _page(request, found, code, STAFF)


@once
def _save_for_staff(request: AccountRequest, found: Association, code: str) -> HttpResponse:
    return _save(
        request,
        found,
        code,
        STAFF,
        lambda: redirect("associations:texts", pk=found.pk),
    )


@own_link_required
def own_texts(request: OwnRequest) -> HttpResponse:
    """The same for the association itself."""
    return _list(request, request.association, OWN)


@own_link_required
def own_translation(request: OwnRequest, code: str) -> HttpResponse:
    """The association's own words in one language."""
    if request.method == "POST":
        return _save_for_itself(request, code)
    return _page(request, request.association, code, OWN)


@once
def _save_for_itself(request: OwnRequest, code: str) -> HttpResponse:
    return _save(
        request,
        request.association,
        code,
        OWN,
        lambda: redirect("associations:own_texts"),
    )
