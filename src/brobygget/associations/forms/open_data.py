"""What may be sent about the register as a whole."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.associations.models import Directory
from brobygget.associations.queries.records import FORMAT
from brobygget.associations.sharing import tables
from brobygget.people.forms import SafeForm


class LicenceForm(SafeForm):
    """On what terms, and who answers."""

    licence = forms.ChoiceField(label=_("Terms"), choices=Directory.Licence.choices, widget=forms.RadioSelect)
    contact_email = forms.EmailField(
        label=_("E-mail address for questions about the data"),
        help_text=_(
            "Everybody can see it. A data portal asks for one; take an address that is nobody’s own."
        ),
        required=False,
    )


@dataclass(frozen=True)
class FullExport:
    """What a file says: the associations, and what the house has said about interests."""

    associations: list[dict[str, Any]]
    interests: dict[str, list[dict[str, Any]]]


class FullExportForm(forms.Form):
    """A file that this program wrote: JSON, CSV or XLSX, the full variant."""

    file = forms.FileField(
        label=_("A full export"), help_text=_("register.json, register.csv or register.xlsx")
    )

    def clean_file(self) -> FullExport:
        given = self.cleaned_data["file"]
        if given.size > tables.MOST_BYTES:
            raise ValidationError(gettext("The file is too large."))
        try:
            data = given.read()
            return FullExport(read_full(data), read_interests(data))
        except (ValueError, KeyError, TypeError, zipfile.BadZipFile, OSError, StopIteration) as wrong:
            raise ValidationError(gettext("This is not a full export. Nothing was written.")) from wrong


def read_full(data: bytes) -> list[dict[str, Any]]:
    """The records of a full export, whichever of the three it is."""
    if data.startswith(b"PK"):
        return list(tables.read_xlsx(data))
    if data.lstrip()[:1] == b"{":
        document = json.loads(data.decode("utf-8", "surrogatepass"))
        if document.get("format") != FORMAT or document.get("variant") != "full":
            raise ValueError(data[:0])
        return [dict(one) for one in document["associations"]]
    return list(tables.read_csv(data))


def read_interests(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """What the house has said about interests: in the JSON alone, a table has no place for it."""
    if data.lstrip()[:1] != b"{":
        return {}
    given = json.loads(data.decode("utf-8", "surrogatepass")).get("interests", {})
    return {name: [dict(one) for one in listed] for name, listed in given.items()}
