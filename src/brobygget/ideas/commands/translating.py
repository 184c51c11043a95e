"""A person puts an idea into another language, beside the original."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.ideas import rules
from brobygget.ideas.commands.holding import held_circle, note_change_in
from brobygget.ideas.models import Idea, IdeaTranslation

Status = IdeaTranslation.Status


@transaction.atomic
def translate_idea(*, idea: Idea, language: str, text: str, status: Status = Status.DRAFT) -> IdeaTranslation:
    """Write a translation, or a better one; a draft never takes the place of one that was checked."""
    held_circle(idea.circle_id)
    if language == idea.language:
        raise Refused(_("The idea is in that language already."))
    if not text or len(text) > rules.IDEA_LENGTH:
        raise Refused(_("An idea has room for %(longest)d characters.") % {"longest": rules.IDEA_LENGTH})
    present = idea.translations.filter(language=language).first()
    if present and present.status == Status.CHECKED and status == Status.DRAFT and present.text != text:
        raise Refused(
            _("This translation has been checked. Ask the leader if it should be changed."), status=409
        )
    if present and present.status == Status.CHECKED and present.text == text:
        return present
    translation, _new = IdeaTranslation.objects.update_or_create(
        idea=idea, language=language, defaults={"text": text, "status": status}
    )
    note_change_in(idea.circle)
    return translation


@transaction.atomic
def check_translation(*, translation: IdeaTranslation) -> None:
    """Somebody who knows both languages has read it."""
    IdeaTranslation.objects.filter(pk=translation.pk).update(status=Status.CHECKED)
    note_change_in(translation.idea.circle)
