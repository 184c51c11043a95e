"""An association's own texts in another language: written by a person, beside the original."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.models import Association, AssociationText
from brobygget.associations.queries.texts import languages_for, originals_of
from brobygget.house.commands.refused import Refused

Status = AssociationText.Status


@transaction.atomic
def save_translations(
    association: Association,
    *,
    language: str,
    texts: Mapping[str, str],
    is_checked: bool,
    on: date,
    at: datetime,
) -> Association:
    """What a person wrote for each field. An empty text takes the translation away; the original is never touched."""
    association = Association.objects.select_for_update().select_related("house").get(pk=association.pk)
    if language not in languages_for(association):
        raise Refused(_("Choose another language than the association's own."))
    originals = originals_of(association)
    for field in originals.keys() & texts.keys():
        kept = AssociationText.objects.filter(association=association, field=field, language=language)
        if not texts[field]:
            kept.delete()
            continue
        AssociationText.objects.update_or_create(
            association=association,
            field=field,
            language=language,
            defaults={
                "text": texts[field],
                "status": Status.CHECKED if is_checked else Status.DRAFT,
                "written_on": on,
            },
        )
    association.changed_at = at  # a translation is found by its words too
    association.save(update_fields=["changed_at"])
    refresh_directory(association.house, changed=[association.pk])
    return association
