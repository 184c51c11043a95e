"""What the staff may send about the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brobygget.associations.forms.own import OwnForm, Phone
from brobygget.associations.models import Association, ImportRow
from brobygget.associations.register import FIELDS
from brobygget.people.forms import SafeForm, Text, identity_number_refused
from brobygget.people.identity_numbers import looks_like_identity_number

FIELD_NAMES = {
    "name": _("Name"), "alternate_name": _("Other name"), "source_id": _("Number in the register"), "category": _("Kind"),
    "activities": _("What it does"), "org_nr": _("Organisation number"), "registered": _("Founded"), "care_of": _("c/o"),
    "street": _("Street"), "full_address": _("Whole address"), "postcode": _("Postcode"), "city": _("Town"),
    "district": _("District"), "phone": _("Telephone"), "mobile": _("Mobile"), "email": _("E-mail"), "website": _("Web page"),
    "contact_name": _("Contact person"), "contact_surname": _("Contact person's surname"), "contact_role": _("Contact person's role"),
    "contact_phone": _("Contact person's telephone"), "contact_email": _("Contact person's e-mail"), "ages": _("Ages"),
    "age_from": _("Lowest age"), "age_to": _("Highest age"), "target_groups": _("Who it is for"), "accessibility": _("Accessibility"),
    "languages": _("Languages"), "meeting": _("When it meets"), "venue": _("Where it meets"), "fee": _("Fee"),
    "try_free": _("Try for free"), "fritidskort": _("Fritidskortet"), "contact_public": _("May the contact be shown?"),
    "changed": _("Last changed"), "description": _("Description"), "status": _("Status"), "members": _("Members"),
    "latitude": _("Latitude"), "longitude": _("Longitude"),
}  # fmt: skip


def field_choices() -> list[tuple[str, Any]]:
    """What a column can mean, by its name in the page's language."""
    named = sorted(((field, FIELD_NAMES[field]) for field in FIELDS), key=lambda one: str(one[1]).casefold())
    return [("", _("– leave out –")), *named]


class UploadForm(forms.Form):
    """A municipality's export."""

    file = forms.FileField(
        label=_("The file from the register"),
        help_text=_("CSV, Excel, JSON or text, as the booking system exports it. At most 30 megabytes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.json,.geojson,.html,.htm,.tsv"}),
    )


class ColumnsForm(forms.Form):
    """What each column means."""

    def __init__(self, *args: Any, columns: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = [str(column["header"]) for column in columns]
        choices = field_choices()
        for number, column in enumerate(columns):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column["header"], choices=choices, required=False, initial=column["field"]
            )

    def mapping(self) -> dict[str, str]:
        """Column to field."""
        return {header: self.cleaned_data[f"column_{number}"] for number, header in enumerate(self.headers)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "name" not in data.values():
            self.add_error(None, _("No column is the name. Choose which one holds the associations' names."))
        return data


class PairsForm(forms.Form):
    """The same, or not the same?"""

    def __init__(self, *args: Any, rows: list[ImportRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [row.pk for row in rows]
        for row in rows:
            self.fields[f"pair_{row.pk}"] = forms.ChoiceField(
                choices=[one for one in ImportRow.Decision.choices if one[0]],
                required=False,
                initial=row.decision,
                widget=forms.RadioSelect,
                label=_("Are they one association?"),
            )

    def decisions(self) -> list[tuple[int, str]]:
        """The key of the lesser row, and the word."""
        return [
            (key, self.cleaned_data[f"pair_{key}"]) for key in self.keys if self.cleaned_data[f"pair_{key}"]
        ]


class NewAssociationForm(SafeForm):
    """An association that no register tells of."""

    name = Text(max_length=300, label=_("What is the association called?"))


class StaffForm(OwnForm):
    """Everything about an association, also what is private."""

    name = Text(max_length=300, label=_("Name"))
    org_nr = Text(max_length=40, required=False, label=_("Organisation number"))
    status = forms.ChoiceField(label=_("Status"), choices=Association.Status.choices)
    postcode = Text(max_length=10, required=False, label=_("Postcode"))
    town = Text(max_length=100, required=False, label=_("Town"))
    contact_name = Text(max_length=120, required=False, label=_("Contact person"))
    contact_role = Text(max_length=120, required=False, label=_("Contact person's role"))
    contact_phone = Phone(label=_("Contact person's telephone"))
    care_of = Text(max_length=200, required=False, label=_("c/o"))
    home_street = Text(max_length=200, required=False, label=_("Street where letters go, if it is a home"))
    home_postcode = Text(max_length=10, required=False, label=_("Postcode of the home"))
    home_town = Text(max_length=100, required=False, label=_("Town of the home"))

    def clean_org_nr(self) -> str:
        """A sole trader's number is a person's; no telephone number is expected here."""
        number = str(self.cleaned_data["org_nr"])
        if looks_like_identity_number(number, may_be_telephone=False):
            raise ValidationError(identity_number_refused())
        return number

    PRIVATE = (
        "contact_name", "contact_role", "contact_phone", "contact_email", "care_of", "home_street", "home_postcode", "home_town",
    )  # fmt: skip
    PLAIN = ("name", "status", "org_nr", "postcode", "town")
