"""Somebody reads an idea before the town does, and puts it into other languages."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.ideas import rules
from brobygget.ideas.models import Reading, TownIdea, TownIdeaTranslation, TownVote
from brobygget.people.models import Account

Status = TownIdeaTranslation.Status


def show_town_idea(*, idea: TownIdea, by: Account | None, on: date) -> None:
    """Put it before the town, or back there."""
    _decide(idea, TownIdea.State.SHOWN, "", by, on)


def hide_town_idea(*, idea: TownIdea, reason: str, by: Account | None, on: date) -> None:
    """Take it from every phone, wall, page, paper and file at once. Its answers stay, in case it was a mistake."""
    if reason not in Reading.Reason.values:
        raise Refused(_("Choose why."))
    _decide(idea, TownIdea.State.HIDDEN, reason, by, on)


@transaction.atomic
def _decide(idea: TownIdea, state: TownIdea.State, reason: str, by: Account | None, on: date) -> None:
    held = TownIdea.objects.select_for_update().get(pk=idea.pk)
    if held.state == state:
        return
    TownIdea.objects.filter(pk=idea.pk).update(state=state)
    Reading.objects.create(idea=idea, state=state, reason=reason, account=by, read_on=on)
    TownVote.objects.filter(pk=idea.vote_id).update(version=F("version") + 1, picture=F("picture") + 1)


@transaction.atomic
def translate_town_idea(*, idea: TownIdea, language: str, text: str, status: Status = Status.DRAFT) -> None:
    """Write a translation, or a better one; a draft never takes the place of one that was checked."""
    if language == idea.language:
        raise Refused(_("The idea is in that language already."))
    if not text or len(text) > rules.IDEA_LENGTH:
        raise Refused(_("An idea has room for %(longest)d characters.") % {"longest": rules.IDEA_LENGTH})
    present = idea.translations.filter(language=language).first()
    if present and present.status == Status.CHECKED and status == Status.DRAFT:
        raise Refused(
            _("This translation has been checked. Say that you know both languages to change it."), status=409
        )
    TownIdeaTranslation.objects.update_or_create(
        idea=idea, language=language, defaults={"text": text, "status": status}
    )
    TownVote.objects.filter(pk=idea.vote_id).update(picture=F("picture") + 1)
