"""Addresses of ideas, groups, votes and fates."""

from django.urls import path

from brobygget.ideas.views import consent, dots, fates, paper, proposals, room, screen

app_name = "ideas"

the_room = [
    path("circles/<int:circle>/ideas/", room.room, name="room"),
    path("circles/<int:circle>/ideas/now/", room.room_fragment, name="room_fragment"),
    path("circles/<int:circle>/ideas/new/", room.give, name="give"),
    path("circles/<int:circle>/ideas/spoken/", room.write_down, name="write_down"),
    path("circles/<int:circle>/ideas/organisers/", room.open_organisers, name="open_organisers"),
    path("circles/<int:circle>/ideas/paper/", paper.wall_paper, name="wall_paper"),
    path("circles/<int:circle>/ideas/<int:number>/translation/", room.translation, name="translation"),
    path("circles/<int:circle>/ideas/<int:number>/translation/check/", room.check, name="check"),
    path("circles/<int:circle>/ideas/<int:number>/hiding/", room.hide, name="hide"),
    path("circles/<int:circle>/ideas/<int:number>/showing/", room.show_again, name="show_again"),
    path("circles/<int:circle>/ideas/<int:number>/out/", proposals.out, name="out"),
    path("wall/<int:pk>-<str:token>/ideas/", screen.wall_fragment, name="wall_fragment"),
]
deciding = [
    path("circles/<int:circle>/proposals/", proposals.proposals_page, name="proposals"),
    path("circles/<int:circle>/proposals/rest/", proposals.rest, name="rest"),
    path("circles/<int:circle>/proposals/undo/", proposals.undo, name="undo"),
    path("circles/<int:circle>/proposals/<int:number>/title/", proposals.title, name="title"),
    path("circles/<int:circle>/proposals/<int:number>/apart/", proposals.apart, name="apart"),
    path("circles/<int:circle>/dots/", dots.dots, name="dots"),
    path("circles/<int:circle>/meetings/<int:meeting>/dots/", dots.dots_of, name="dots_of"),
    path("circles/<int:circle>/meetings/<int:meeting>/dots/now/", dots.dots_fragment, name="dots_fragment"),
    path("circles/<int:circle>/meetings/<int:meeting>/dots/open/", dots.open_vote, name="open_vote"),
    path("circles/<int:circle>/meetings/<int:meeting>/dots/close/", dots.close_vote, name="close_vote"),
    path("circles/<int:circle>/meetings/<int:meeting>/dots/<int:seat>/", dots.hand_over, name="hand_over"),
    path("circles/<int:circle>/proposals/<int:number>/consent/", consent.consent, name="consent"),
    path(
        "circles/<int:circle>/proposals/<int:number>/consent/open/", consent.open_round, name="open_consent"
    ),
    path(
        "circles/<int:circle>/proposals/<int:number>/consent/close/",
        consent.close_round,
        name="close_consent",
    ),
    path("circles/<int:circle>/proposals/<int:number>/concerns/<int:pk>/", consent.answer, name="answer"),
    path(
        "circles/<int:circle>/proposals/<int:number>/concerns/<int:pk>/remove/", consent.remove, name="remove"
    ),
    path("circles/<int:circle>/proposals/<int:number>/fate/", fates.fate, name="fate"),
    path("circles/<int:circle>/fates/", fates.fates, name="fates"),
    path("circles/<int:circle>/fates/paper/", paper.fates_paper, name="fates_paper"),
]
urlpatterns = the_room + deciding
