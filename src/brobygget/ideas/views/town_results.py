"""The result of a town's vote, for phone, wall and paper. It needs no cookie and knows no reader."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from brobygget.ideas.models import Tally, TownVote
from brobygget.ideas.opinion_drawing import map_svg
from brobygget.ideas.queries import town_map
from brobygget.ideas.queries import town_results as queries
from brobygget.ideas.views.ballots import for_everybody
from brobygget.people.request import HouseRequest
from brobygget.web import languages, moments, printing
from brobygget.web.live import live_response

LEAF_SECONDS = 16
ATTACK = ("=", "+", "-", "@", "\t", "\r")


def _wished(request: HouseRequest) -> str:
    kind = request.GET.get("by", "")
    return kind if kind in Tally.Kind.values else ""


def _context(request: HouseRequest, vote: TownVote) -> dict[str, Any]:
    results = queries.results_of(vote, _wished(request))
    return {
        "vote": vote,
        "results": results,
        "tabs": [(kind, Tally.Kind(kind).label, results.voters[kind]) for kind in results.kinds],
    }


def _tag(request: HouseRequest, vote: TownVote) -> str:
    return queries.tag_of(vote, _wished(request))


@for_everybody
def result(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """The bridge chart: every idea between two banks, the strongest first."""
    context = _context(request, vote)
    live = reverse("ideas:vote_result_fragment", args=[vote.pk])
    wished = _wished(request)
    context |= {
        "live": f"{live}?by={wished}" if wished else live,
        "live_tag": f"{_tag(request, vote)}.{languages.current().code}",
    }
    return render(request, "ideas/town_result.html", context)


@for_everybody
def result_fragment(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """The same, asked for again and again."""
    return live_response(
        request,
        "ideas/_town_result.html",
        lambda: _context(request, vote),
        _tag(request, vote),
        is_shared=True,
    )


# -- the wall ------------------------------------------------------------------------------------------------------
def _wall_context(request: HouseRequest, vote: TownVote, turn: int) -> dict[str, Any]:
    results = queries.results_of(vote, _wished(request), vote.language)
    known = results.known
    sheets = max(1, -(-len(known) // queries.AT_ONCE))
    each = -(-len(known) // sheets)  # as many on the last sheet as on the others
    first = (turn % sheets) * each
    address = reverse("ideas:vote", args=[vote.pk])
    return {
        "vote": vote,
        "results": results,
        "bridges": known[first : first + each],
        "sheet": turn % sheets + 1,
        "sheets": sheets,
        "address": _shown(address),
        "code_address": _absolute(address),
    }


def _absolute(path: str) -> str:
    from django.conf import settings

    return f"{settings.ADDRESS}{path}"


def _shown(path: str) -> str:
    return _absolute(path).split("://", 1)[-1].rstrip("/")


def _turn(request: HouseRequest) -> int:
    return int(request.now.timestamp()) // LEAF_SECONDS


@for_everybody
def wall(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """Three bridges at a time, readable from eight metres, and the code to answer."""
    with translation.override(vote.language if vote.language in languages.BY_CODE else languages.DEFAULT):
        turn = _turn(request)
        wished = _wished(request)
        live = reverse("ideas:vote_wall_fragment", args=[vote.pk])
        context = _wall_context(request, vote, turn) | {
            "language": languages.current(),
            "live": f"{live}?by={wished}" if wished else live,
            "live_tag": f"{_tag(request, vote)}-{turn}.{languages.current().code}",
        }
        return render(request, "ideas/town_wall.html", context)


@for_everybody
def wall_fragment(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """What the wall asks for every two seconds."""
    with translation.override(vote.language if vote.language in languages.BY_CODE else languages.DEFAULT):
        turn = _turn(request)
        return live_response(
            request,
            "ideas/_town_wall.html",
            lambda: _wall_context(request, vote, turn),
            f"{_tag(request, vote)}-{turn}",
            is_shared=True,
        )


# -- the opinion map -----------------------------------------------------------------------------------------------
@for_everybody
def opinion_map(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """Who answers alike, in words, and a drawing that shows nobody."""
    voters = queries.voters_by_kind(vote)
    kind = queries.kind_shown(vote, voters, _wished(request))
    found = town_map.opinion_map_of(vote, kind)
    drawing = (
        map_svg([group.dots for group in found.groups], is_mirrored=languages.current().is_right_to_left)
        if found
        else ""
    )
    context = {"vote": vote, "map": found, "drawing": drawing, "kind": Tally.Kind(kind).label, "by": kind}
    return render(request, "ideas/town_map.html", context)


# -- paper and files -----------------------------------------------------------------------------------------------
def _row(bridge: queries.Bridge) -> dict[str, Any]:
    return {
        "text": bridge.card.text or _("A drawn idea"),
        "language": bridge.card.language,
        "drawing": bridge.paper_drawing,
        "verdict": bridge.verdict_name,
        "sentence": bridge.sentence,
        "banks": [
            {"name": bank.name, "label": bank.label, "number": bank.number, "of": bank.of}
            for bank in bridge.banks
        ],
        "deck": bridge.deck,
    }


@for_everybody
def paper(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """The chart to hang up: A3, or A4 where the printer is small. Readable in black and white."""
    results = queries.results_of(vote, _wished(request))
    size = "a4" if request.GET.get("size") == "a4" else "a3"
    data = {
        "language": languages.current().code,
        "paper": size,
        "title": vote.title,
        "title_language": vote.language,
        "heading": _("Ideas that carry"),
        "house": vote.house.name,
        "day": moments.day(request.now, with_year=True),
        "kind": _counted(results),
        "legend": _(
            "A pillar is the share that said yes, the thin line is half. A whole deck carries, a dashed one is not sure yet, a broken one divides us."
        ),
        "waiting": [{"text": row.card.text, "language": row.card.language} for row in results.waiting],
        "waiting_heading": _("Too early to say"),
        "empty": _("Nothing is shown until five on each side have answered."),
        "bridges": [_row(bridge) for bridge in results.known],
    }
    response = HttpResponse(printing.pdf("ideas/print/vote_chart.typ", data), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="vote.pdf"'
    return response


def _counted(results: queries.Results) -> str:
    label = str(Tally.Kind(results.kind).label)
    return _("%(kind)s: %(voters)s have answered") % {"kind": label, "voters": moments.number(results.here)}


def _figures(vote: TownVote, kind: str) -> list[dict[str, Any]]:
    results = queries.results_of(vote, kind)
    return [
        {
            "idea": bridge.card.idea.pk,
            "text": bridge.card.idea.text,
            "language": bridge.card.idea.language,
            "answered_by": results.kind,
            "verdict": bridge.verdict if bridge.banks else "few",
            "new_percent": bridge.banks[0].percent if bridge.banks else None,
            "new_voters": bridge.banks[0].voters if bridge.banks else None,
            "established_percent": bridge.banks[1].percent if bridge.banks else None,
            "established_voters": bridge.banks[1].voters if bridge.banks else None,
            "more_from_new": bridge.needed[0] if bridge.banks else None,
            "more_from_established": bridge.needed[1] if bridge.banks else None,
            "much_opposed": bridge.is_opposed if bridge.banks else None,
        }
        for bridge in results.bridges
    ]


def _all_figures(vote: TownVote) -> list[dict[str, Any]]:
    voters = queries.voters_by_kind(vote)
    return [row for kind in Tally.Kind.values if voters[kind] for row in _figures(vote, kind)]


@for_everybody
def figures_json(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """Released figures only, the same that the page shows."""
    return JsonResponse(
        {
            "format": "brobygget-town-vote-1",
            "vote": vote.pk,
            "question": vote.title,
            "is_open": vote.is_open,
            "figures": _all_figures(vote),
        },
        json_dumps_params={"ensure_ascii": False},
    )


@for_everybody
def figures_csv(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """The same as a table. A cell that a spreadsheet would run as a formula is marked as text."""
    rows = _all_figures(vote)
    buffer = io.StringIO()
    names = list(rows[0]) if rows else ["idea", "text"]
    writer = csv.DictWriter(buffer, names)
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                name: f"'{value}" if isinstance(value, str) and value.startswith(ATTACK) else value
                for name, value in row.items()
            }
        )
    response = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="vote.csv"'
    return response
