"""Signing in once more before something that matters, such as a new passkey."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


@login_required
def again(request: HttpRequest) -> HttpResponse:
    """A screen that somebody left open shall not be enough: sign out, and come back to the same page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    back = wanted if is_ours else reverse("mfa_list_webauthn")
    if request.method == "POST":
        logout(request)
        return redirect_to_login(back)
    return render(request, "account/again.html", {"next": back})
