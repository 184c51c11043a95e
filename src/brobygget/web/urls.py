"""Addresses of the shell."""

from django.urls import path

from brobygget.web import language_choice, leaving, offline, sheet, style_page

app_name = "web"
urlpatterns = [
    path("language/", language_choice.language, name="language"),
    path("offline/", offline.page, name="offline"),
    path("worker.js", offline.worker, name="worker"),
    path("calendar/", leaving.month, name="calendar"),
    path("style/", style_page.style, name="style"),
    path("style/<slug:kind>/", style_page.sample, name="sample"),
    path("sheet/<slug:fingerprint>.css", sheet.sheet, name="sheet"),
]
