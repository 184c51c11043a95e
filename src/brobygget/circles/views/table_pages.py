"""The leader's pages about tables, for each stage that has an occasion: the same pages below an address of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from brobygget.circles.views import table_papers, table_people, tables

PAGES: dict[str, Callable[..., HttpResponse]] = {
    "": tables.tables,
    "move/": tables.tables_move,
    "again/": tables.tables_again,
    "better/": tables.tables_better,
    "undo/": tables.tables_undo,
    "next/": tables.tables_next,
    "rounds/": tables.tables_rounds,
    "places/": tables.tables_places,
    "table/": tables.tables_table,
    "aloud/": tables.tables_aloud,
    "people/": table_people.tables_people,
    "presence/": table_people.tables_presence,
    "guests/<int:guest>/": table_people.tables_guest,
    "wishes/": table_people.tables_wishes,
    "door/": table_people.tables_door,
    "waiting/": table_people.tables_waiting,
    "cards/": table_papers.tables_cards,
    "slips/": table_papers.tables_slips,
}


def table_pages(root: str, door: Callable[[Any], Callable[..., HttpResponse]]) -> list[URLPattern]:
    """Each page by its name, such as `tables_move`; the door finds the occasion, and lets in who leads it."""
    return [path(f"{root}{part}", door(view), name=view.__name__) for part, view in PAGES.items()]
