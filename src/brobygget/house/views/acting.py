"""Act once and go back, or say kindly why not; nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.people.request import HouseRequest
from brobygget.web.messages import message_page


def act_and_return(
    request: HouseRequest, act: Callable[[], object], back: str, *, said: str = ""
) -> HttpResponse:
    """Run one command and go back; when it is refused, one clear sentence and the same way on."""
    try:
        act()
    except Refused as no:
        if request.htmx:
            messages.warning(request, no.sentence)
            return HttpResponse(status=204, headers={"HX-Redirect": back})
        return message_page(
            request,
            heading=no.sentence,
            text=_("Nothing is lost. Go on from here."),
            status=no.status,
            way_on_url=back,
        )
    if said:
        messages.success(request, said)
    return redirect(back)
