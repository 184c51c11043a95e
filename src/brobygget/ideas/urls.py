"""Addresses of ideas, groups, votes and fates."""

from django.urls import path

from brobygget.ideas.views import (
    ballots,
    consent,
    dots,
    fates,
    moderation,
    paper,
    proposals,
    room,
    screen,
    town_desk,
    town_results,
)
from brobygget.web.addresses import by_words

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
the_towns_vote = [
    path("votes/", town_desk.votes, name="votes"),
    path("votes/new/", town_desk.vote_new, name="vote_new"),
    path("votes/queue/", moderation.queue, name="moderation"),
    path("votes/<int:vote>/", ballots.ballot, name="vote"),
    path("votes/<int:vote>/answers/", ballots.answers, name="vote_answers"),
    path("votes/<int:vote>/years/", ballots.years, name="vote_years"),
    path("votes/<int:vote>/own/", ballots.own_idea, name="vote_own_idea"),
    path("votes/<int:vote>/strip/<str:token>/", ballots.strip, name="vote_strip"),
    path("votes/<int:vote>/ideas/<int:idea>/", ballots.one_idea, name="vote_idea"),
    path("votes/<int:vote>/ideas/<int:idea>/answer/", ballots.answer, name="vote_answer"),
    path("votes/<int:vote>/ideas/<int:idea>/showing/", moderation.showing, name="vote_showing"),
    path("votes/<int:vote>/ideas/<int:idea>/hiding/", moderation.hiding, name="vote_hiding"),
    path(
        "votes/<int:vote>/ideas/<int:idea>/translation/", moderation.town_translation, name="vote_translation"
    ),
    path("votes/<int:vote>/result/", town_results.result, name="vote_result"),
    path("votes/<int:vote>/result/now/", town_results.result_fragment, name="vote_result_fragment"),
    path("votes/<int:vote>/result/wall/", town_results.wall, name="vote_wall"),
    path("votes/<int:vote>/result/wall/now/", town_results.wall_fragment, name="vote_wall_fragment"),
    path("votes/<int:vote>/result/paper/", town_results.paper, name="vote_paper"),
    path("votes/<int:vote>/result/figures.csv", town_results.figures_csv, name="vote_csv"),
    path("votes/<int:vote>/result/figures.json", town_results.figures_json, name="vote_json"),
    path("votes/<int:vote>/map/", town_results.opinion_map, name="vote_map"),
    path("votes/<int:vote>/desk/", town_desk.desk, name="vote_desk"),
    path("votes/<int:vote>/desk/closing/", town_desk.closing, name="vote_closing"),
    path("votes/<int:vote>/desk/paper/", town_desk.poster, name="vote_poster"),
    path("votes/<int:vote>/desk/strips/", town_desk.more_strips, name="vote_strips"),
    path("votes/<int:vote>/desk/strips/<int:batch>/paper/", town_desk.strips_paper, name="vote_strips_paper"),
    path(
        "votes/<int:vote>/desk/strips/<int:batch>/closing/",
        town_desk.strips_closing,
        name="vote_strips_closing",
    ),
]
urlpatterns = by_words(the_room + deciding + the_towns_vote)
