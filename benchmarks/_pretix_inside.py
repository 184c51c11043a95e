"""What is asked of pretix from inside. Started by benchmarks/_pretix.py with the peer's own Python, which holds pretix.

    _pretix_inside.py versions        which pretix and which gunicorn this Python holds, as JSON
    _pretix_inside.py event ITEMS     a public event that lists so many items; its address as JSON
    _pretix_inside.py queries PAGE    how many questions the page puts to the database when it is drawn, as JSON

The standard library and pretix only: Brobygget is not there.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from importlib import metadata

EACH = 12  # how many may take part in one item, as in one of the hall's programme


def _versions() -> dict[str, str]:
    found = {}
    for name in ("pretix", "gunicorn"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _event(items: int) -> str:
    """Free of charge and on sale, as pretix' own page for a new event sets it up; an earlier one is taken again."""
    from django.conf import settings
    from django.db import transaction
    from django_scopes import scopes_disabled
    from pretix.base.models import Event, Organizer

    slug = f"day-{items}"
    with scopes_disabled(), transaction.atomic():
        organizer, _is_new = Organizer.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
        facts = {
            "name": "Föreningsdag",
            "date_from": datetime.now(UTC) + timedelta(days=30),  # noqa: TID251 -- pretix has no other clock
            "location": "Älvhallen",
            "currency": "SEK",
            "is_public": True,
            "live": True,
        }
        event, is_new = Event.objects.update_or_create(organizer=organizer, slug=slug, defaults=facts)
        if is_new:
            plugins = settings.PRETIX_PLUGINS_DEFAULT.split(",")
            event.set_active_plugins(plugins, allow_restricted=plugins)
            event.save()
            event.set_defaults()
            event.checkin_lists.create(name="Default", all_products=True)
            event.settings.timezone = "Europe/Stockholm"
            event.settings.locales = ["sv", "en"]
            event.settings.locale = "sv"
            event.settings.show_quota_left = True
            for number in range(items):
                item = event.items.create(
                    name=f"Prova {number + 1}",
                    description=f"Byns hembygdsförening {number}, Hall A, svenska och arabiska, alla åldrar",
                    default_price=0,
                    position=number,
                )
                event.quotas.create(name=f"Prova {number + 1}", size=EACH).items.add(item)
    return f"/{organizer.slug}/{slug}/"


def _queries(page: str) -> int:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = Client(headers={"host": settings.SITE_URL.partition("://")[2]}).get(page)
    if answer.status_code != 200:
        raise SystemExit(f"{page} was answered with {answer.status_code}")
    return len(asked)


def main(argv: list[str]) -> None:
    """Answer one question."""
    if argv[0] == "versions":
        print(json.dumps(_versions()))
        return
    import django

    django.setup()
    print(json.dumps(_event(int(argv[1])) if argv[0] == "event" else _queries(argv[1])))


if __name__ == "__main__":
    main(sys.argv[1:])
