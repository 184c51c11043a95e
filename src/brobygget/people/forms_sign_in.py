"""What those who host send when they sign in: allauth's forms, as careful with text as ours."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from brobygget.people.forms import SafeForm, Text


class CodeRequestForm(SafeForm, RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """Where shall the code go?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("Your e-mail address")
        email.widget.attrs.pop("placeholder", None)


class PasskeyForm(SafeForm, AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey, and what its owner calls it."""

    name = Text(
        max_length=60,
        required=False,
        label=_("What shall we call it?"),
        help_text=_("For example: my telephone."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.initial["name"] = ""

    def clean_name(self) -> str:
        return str(super().clean_name())
