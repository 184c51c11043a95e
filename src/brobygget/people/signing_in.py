"""Signing in for those who host: nobody makes an account for themselves, somebody gives them a role."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """A code by e-mail; no passwords, no sign-up, no network address kept."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """allauth counts tries by address; we have none to give. Its limits by e-mail address stay."""
        return "0.0.0.0"  # noqa: S104 -- a placeholder, nothing is bound

    def get_user_display(self, user: Any) -> str:
        return str(user)


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """A passkey is a second way in, never a second lock: whoever loses the phone still gets a code by e-mail."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return False

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 -- allauth's own name
        return gettext("Passkey")
