"""The doors of signing in. They tell nobody whether an address has an account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from tests.agreements.doors import ACCOUNTS, EVERYBODY, MARIT, Door


def _passkey(cast: Any) -> None:
    # The first key that the specification of WebAuthn shows; the page only reads its name.
    Authenticator.objects.create(
        user=cast.marit, type=Authenticator.Type.WEBAUTHN, data={"name": "Telefon", "credential": {}}
    )


def _key(cast: Any) -> list[Any]:
    return [Authenticator.objects.get().pk]


DOORS = [
    Door("account_login", EVERYBODY),
    Door("account_signup", EVERYBODY),
    Door("account_request_login_code", EVERYBODY),
    Door(
        "account_request_login_code",
        EVERYBODY,
        "POST",
        fields=lambda cast: {"email": "nobody@alvnas.example"},
    ),
    Door("account_confirm_login_code", EVERYBODY),
    Door("account_logout", EVERYBODY),
    Door("account_logout", EVERYBODY, "POST"),
    Door("account_reauthenticate", ACCOUNTS, is_for_hosts=True),
    Door("account_reauthenticate", ACCOUNTS, "POST", is_for_hosts=True),
    Door("mfa_list_webauthn", ACCOUNTS, is_for_hosts=True, prepare=_passkey),
    Door("mfa_index", EVERYBODY),
    Door("mfa_add_webauthn", ACCOUNTS, is_for_hosts=True),
    Door("mfa_remove_webauthn", frozenset({MARIT}), args=_key, is_for_hosts=True, prepare=_passkey),
    Door("mfa_remove_webauthn", frozenset({MARIT}), "POST", args=_key, is_for_hosts=True, prepare=_passkey),
    Door("mfa_login_webauthn", EVERYBODY),
]
