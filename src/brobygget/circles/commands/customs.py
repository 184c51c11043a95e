""" "So we do": how one person does something, and how another does. Nobody's name is kept."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.circles.commands.circle_state import going_circle, tell_the_screens
from brobygget.circles.models import Circle, Custom, CustomReply
from brobygget.house.commands.refused import Refused


@transaction.atomic
def tell_custom(*, circle: Circle, text: str, language: str, on: date) -> Custom:
    """Somebody tells how they do something."""
    going_circle(circle)
    custom = Custom.objects.create(circle=circle, text=text, language=language, told_on=on)
    tell_the_screens(circle)
    return custom


@transaction.atomic
def answer_custom(*, custom: Custom, text: str, language: str, on: date) -> CustomReply:
    """Somebody else tells how they do it: another way, beside the first one."""
    going_circle(custom.circle)
    if Custom.objects.filter(pk=custom.pk, hidden_on=None).first() is None:
        raise Refused(
            _("What you answer has been put away. You can tell it as something of your own."), status=409
        )
    reply = CustomReply.objects.create(custom=custom, text=text, language=language, told_on=on)
    tell_the_screens(custom.circle)
    return reply


@transaction.atomic
def hide_custom(*, custom: Custom, on: date) -> None:
    """Put away what should not be read, with all that was answered; for the leader."""
    Custom.objects.filter(pk=custom.pk, hidden_on=None).update(hidden_on=on)
    tell_the_screens(custom.circle)


@transaction.atomic
def hide_reply(*, reply: CustomReply, on: date) -> None:
    """Put away one answer; for the leader."""
    CustomReply.objects.filter(pk=reply.pk, hidden_on=None).update(hidden_on=on)
    tell_the_screens(reply.custom.circle)
