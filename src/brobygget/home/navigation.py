"""The ways through the house, for whoever reads this page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from brobygget.openhouse.queries import events as open_houses
from brobygget.openhouse.queries import gatherings


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the header offers: the programme to everybody, the rest by what somebody may do here."""
    house = getattr(request, "house", None)
    if house is None:
        return {}
    roles = house.roles_of_reader
    ways = [(reverse("house:programme"), _("Programme")), (reverse("find:start"), _("Find an association"))]
    if roles:
        ways.insert(0, (reverse("home:overview"), _("Overview")))
    if roles & {"leader", "coordinator"}:
        ways.append((reverse("circles:circles"), _("Circles")))
    if roles & {"leader", "coordinator", "moderator"}:
        ways.append((reverse("ideas:votes"), _("Town votes")))
    if roles & {"leader", "coordinator", "associations"}:
        ways.append((reverse("openhouse:open_houses"), _("Open houses")))
    if roles & {"reception", "coordinator"}:
        ways.append((reverse("house:reception"), _("Reception")))
    if roles & {"associations", "coordinator"}:
        ways.append((reverse("associations:register"), _("Associations")))
    if "coordinator" in roles:
        ways.append((reverse("home:people"), _("Who does what")))
    if not roles:
        ways.append((reverse("circles:ticket"), _("I have four words")))
    return {
        "navigation": [{"url": url, "text": text, "current": request.path == url} for url, text in ways],
        "plan_of_circle": SimpleLazyObject(lambda: _plan_of_circle(request)),
        "tables_of_phone": SimpleLazyObject(lambda: _tables_of_phone(request)),
    }


def _plan_of_circle(request: HttpRequest) -> Any:
    """The open house that the participant's circle shapes; asked for only where a page shows it."""
    participant = getattr(request, "participant", None)
    return open_houses.shaped_by(participant).first() if participant is not None else None


def _tables_of_phone(request: HttpRequest) -> Any:
    """The open house's tables that the participant sits at themself; asked for only where a page shows it."""
    participant = getattr(request, "participant", None)
    if participant is None:
        return None
    return gatherings.tables_of_phone(participant, on=timezone.localdate(request.now))  # type: ignore[attr-defined]
