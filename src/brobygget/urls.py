"""Every address of the program; each stage names its own."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("brobygget.home.urls")),
    path("", include("brobygget.house.urls")),
    path("", include("brobygget.people.urls")),
    path("", include("brobygget.circles.urls")),
    path("", include("brobygget.ideas.urls")),
    path("", include("brobygget.associations.public_urls")),
    path("", include("brobygget.associations.urls")),
    path("", include("brobygget.operations.urls")),
    path("", include("brobygget.web.urls")),
    # There are no passwords: signing in begins with the code.
    path(
        "accounts/login/", RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)
    ),
    path("accounts/", include("allauth.urls")),
]
handler400 = "brobygget.web.errors.bad_request"
handler403 = "brobygget.web.errors.forbidden"
handler404 = "brobygget.web.errors.not_found"
handler500 = "brobygget.web.errors.server_error"
