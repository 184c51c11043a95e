"""Hold an open house, so that nobody else changes its plan or its places meanwhile."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.models import OpenHouse
from brobygget.web import moments


def locked(pk: int) -> OpenHouse:
    """The open house as it is now."""
    return OpenHouse.objects.select_for_update(of=("self",)).select_related("house").get(pk=pk)


def locked_while_on(pk: int) -> OpenHouse:
    """The same, for what makes no sense on a day that is called off."""
    held = locked(pk)
    if held.called_off_on is not None:
        raise Refused(_("The day is called off."), status=409)
    return held


def refuse_outside(openhouse: OpenHouse, *, starts: time, ends: time) -> None:
    """Nothing of the day begins before the doors open, or ends after they close."""
    if starts < openhouse.starts or ends > openhouse.ends:
        raise Refused(
            _("The doors are open from %(from)s to %(to)s. Choose a time between.")
            % {"from": moments.clock(openhouse.starts), "to": moments.clock(openhouse.ends)}
        )
