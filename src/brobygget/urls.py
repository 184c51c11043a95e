"""Every address of the program; each stage names its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("brobygget.home.urls")),
    path("", include("brobygget.house.urls")),
    path("", include("brobygget.people.urls")),
    path("", include("brobygget.circles.urls")),
    path("", include("brobygget.ideas.urls")),
    path("", include("brobygget.associations.public_urls")),
    path("", include("brobygget.associations.urls")),
    path("", include("brobygget.openhouse.urls")),
    path("", include("brobygget.operations.urls")),
    path("", include("brobygget.web.urls")),
    path("accounts/", include("brobygget.people.sign_in_addresses")),
]
handler400 = "brobygget.web.errors.bad_request"
handler403 = "brobygget.web.errors.forbidden"
handler404 = "brobygget.web.errors.not_found"
handler500 = "brobygget.web.errors.server_error"
