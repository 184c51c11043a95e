"""Hold an open house, so that nobody else changes its plan or its places meanwhile."""

from __future__ import annotations

from brobygget.openhouse.models import OpenHouse


def locked(pk: int) -> OpenHouse:
    """The open house as it is now."""
    return OpenHouse.objects.select_for_update(of=("self",)).select_related("house").get(pk=pk)
