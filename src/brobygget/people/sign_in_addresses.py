"""How those who host sign in: the few addresses of django-allauth that we use, each with a page of ours.

There are no passwords, no sign-up and no second lock, so that most of what allauth offers has no address here. Its own
code looks the rest up by name; those names lead to the sign-in page.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkey
from django.urls import path
from django.views.generic import RedirectView

from brobygget.people import views_sign_in

to_sign_in = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)
to_passkeys = RedirectView.as_view(pattern_name="mfa_list_webauthn")

urlpatterns = [
    path("login/", to_sign_in, name="account_login"),
    path("new/", to_sign_in, name="account_signup"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("again/", views_sign_in.again, name="account_reauthenticate"),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/all/", to_passkeys, name="mfa_index"),
    path("passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
]
