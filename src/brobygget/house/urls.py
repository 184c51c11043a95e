"""Addresses of this stage."""

from django.urls import path

from brobygget.house.views import programme, reception

app_name = "house"
urlpatterns = [
    path("reception/", reception.reception, name="reception"),
    path("reception/press/", reception.press, name="press"),
    path("reception/week/", reception.week, name="week"),
    path("reception/visits.csv", reception.counts_file, name="counts_file"),
    path("programme/", programme.programme, name="programme"),
    path("programme/items/", programme.items, name="items"),
    path("programme/items/new/", programme.item_new, name="item_new"),
    path("programme/items/<int:pk>/", programme.item, name="item"),
    path("programme/items/<int:pk>/translation/", programme.item_translation, name="item_translation"),
    path("programme/items/<int:pk>/ending/", programme.item_ending, name="item_ending"),
    path("programme/cards/", programme.cards, name="cards"),
    path("programme/items/<int:pk>/card/", programme.card_languages, name="card_languages"),
    path("programme/items/<int:pk>/card/<str:code>/", programme.card, name="card"),
]
