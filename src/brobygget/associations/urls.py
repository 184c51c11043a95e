"""Addresses of this stage."""

from django.urls import path

from brobygget.associations.views import imports, own, register, sending, texts
from brobygget.web.addresses import by_words

app_name = "associations"
addresses = [
    # The staff's register.
    path("register/", register.register, name="register"),
    path("register/new/", register.association_new, name="association_new"),
    path("register/<int:pk>/", register.association, name="association"),
    path("register/<int:pk>/hiding/", register.hiding, name="hiding"),
    path("register/<int:pk>/links/", register.links, name="links"),
    path("register/<int:pk>/texts/", texts.texts, name="texts"),
    path("register/<int:pk>/texts/<slug:code>/", texts.translation, name="translation"),
    path("register/imports/", imports.imports, name="imports"),
    path("register/imports/new/", imports.upload, name="upload"),
    path("register/imports/<int:pk>/", imports.import_run, name="import_run"),
    path("register/imports/<int:pk>/columns/", imports.columns, name="columns"),
    path("register/imports/<int:pk>/pairs/", imports.pairs, name="pairs"),
    path("register/imports/<int:pk>/application/", imports.application, name="application"),
    path("register/imports/<int:pk>/undoing/", imports.undoing_view, name="undoing"),
    path("register/imports/<int:pk>/leaving/", imports.leaving, name="leaving"),
    path("register/sending/", sending.sending, name="sending"),
    path("register/sending/mails/", sending.mails, name="mails"),
    path("register/sending/letters/", sending.letters, name="letters"),
    path("register/sending/letters.pdf", sending.letters_file, name="letters_file"),
    # The association's own pages.
    path("own/", own.code, name="own_code"),
    path("own/form/", own.form, name="own_form"),
    path("own/form/typed/", own.typed, name="own_typed"),
    path("own/form/earlier/<int:pk>/", own.earlier, name="own_earlier"),
    path("own/confirmation/", own.confirmation, name="own_confirmation"),
    path("own/preview/", own.preview, name="own_preview"),
    path("own/receipt/", own.receipt, name="own_receipt"),
    path("own/link/", own.new_link, name="own_new_link"),
    path("own/texts/", texts.own_texts, name="own_texts"),
    path("own/texts/<slug:code>/", texts.own_translation, name="own_translation"),
    path("own/leaving/", own.leave, name="own_leave"),
    path("own/<str:token>/", own.come_in, name="own_link"),
]
urlpatterns = by_words(addresses)
