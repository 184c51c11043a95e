"""Addresses of this stage."""

from django.urls import path

from brobygget.circles.views import (
    attendance,
    between_wall,
    circles,
    companions,
    customs,
    export,
    ground_rules,
    homework,
    joining,
    meetings,
    next_meeting,
    pulse,
    rounds,
    screens,
    steps,
    table_people,
    what_time,
)
from brobygget.circles.views.occasions import leads_evening
from brobygget.circles.views.table_pages import table_pages
from brobygget.web.addresses import by_words

app_name = "circles"

doors = [
    path("join/<str:token>/", joining.join, name="join"),
    path("ticket/", joining.ticket, name="ticket"),
    path("ticket/<str:signed>/", joining.ticket_join, name="ticket_join"),
    path("welcome/", joining.welcome, name="welcome"),
    path("circles/<int:pk>/invitations/", joining.invitations, name="invitations"),
    path("circles/<int:pk>/invitations/open/", joining.invitation_open, name="invitation_open"),
    path("circles/<int:pk>/invitations/close/", joining.invitation_close, name="invitation_close"),
    path("circles/<int:pk>/tickets/", joining.tickets, name="tickets"),
    path("circles/<int:pk>/tickets/paper/", joining.tickets_paper, name="tickets_paper"),
    path("circles/<int:pk>/seats/<int:seat>/lost-phone/", joining.lost_phone, name="lost_phone"),
    path("circles/<int:pk>/seats/<int:seat>/way-back/", joining.way_back, name="way_back"),
]
evening = [
    path("circles/", circles.circles, name="circles"),
    path("circles/new/", circles.circle_new, name="circle_new"),
    path("circles/<int:pk>/", circles.circle, name="circle"),
    path("circles/<int:pk>/change/", circles.circle_change, name="circle_change"),
    path("circles/<int:pk>/wall-address/", circles.wall_address, name="wall_address"),
    path("circles/<int:pk>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/live/", meetings.meeting_live, name="meeting_live"),
    path("meetings/<int:pk>/opening/", meetings.opening, name="opening"),
    path("meetings/<int:pk>/undo/", meetings.undo, name="undo"),
    path("meetings/<int:pk>/plan/", meetings.plan, name="plan"),
    path("meetings/<int:pk>/steps/", steps.steps, name="steps"),
    path("steps/<int:pk>/beginning/", steps.step_beginning, name="step_beginning"),
    path("steps/<int:pk>/place/", steps.step_place, name="step_place"),
    path("steps/<int:pk>/length/", steps.step_length, name="step_length"),
    path("steps/<int:pk>/removal/", steps.step_removal, name="step_removal"),
    path("steps/<int:pk>/round/", rounds.round_beginning, name="round_beginning"),
    path("rounds/<int:pk>/next-turn/", rounds.next_turn, name="next_turn"),
    path("rounds/<int:pk>/people/", rounds.round_people, name="round_people"),
    path("rounds/<int:pk>/time/", rounds.round_time, name="round_time"),
    path("turns/<int:pk>/pass/", rounds.own_pass, name="own_pass"),
    path("turns/<int:pk>/return/", rounds.own_return, name="own_return"),
    path("now/", screens.now, name="now"),
    path("now/live/", screens.now_live, name="now_live"),
    path("now/card/", rounds.card, name="card"),
    path("wall/<int:pk>-<str:token>/", screens.wall, name="wall"),
    path("wall/<int:pk>-<str:token>/live/", screens.wall_live, name="wall_live"),
]
between = [
    path("circles/<int:pk>/customs/", customs.customs, name="customs"),
    path("circles/<int:pk>/customs/tell/", customs.custom_tell, name="custom_tell"),
    path("circles/<int:pk>/customs/<int:custom>/answer/", customs.custom_answer, name="custom_answer"),
    path("circles/<int:pk>/customs/<int:custom>/hide/", customs.custom_hide, name="custom_hide"),
    path("circles/<int:pk>/customs/replies/<int:reply>/hide/", customs.reply_hide, name="reply_hide"),
    path("circles/<int:pk>/rules/", ground_rules.ground_rules, name="ground_rules"),
    path("circles/<int:pk>/rules/agree/", ground_rules.rule_agree, name="rule_agree"),
    path("circles/<int:pk>/rules/<int:rule>/reword/", ground_rules.rule_reword, name="rule_reword"),
    path("circles/<int:pk>/rules/<int:rule>/drop/", ground_rules.rule_drop, name="rule_drop"),
    path("meetings/<int:pk>/rules/read/", ground_rules.rules_read, name="rules_read"),
    path("meetings/<int:pk>/pulse/", pulse.pulse, name="pulse"),
    path("meetings/<int:pk>/pulse/tap/", pulse.pulse_tap, name="pulse_tap"),
    path("meetings/<int:pk>/pulse/show/", pulse.pulse_show, name="pulse_show"),
    path("meetings/<int:pk>/homework/", homework.homework, name="homework"),
    path("meetings/<int:pk>/homework/set/", homework.homework_set, name="homework_set"),
    path("meetings/<int:pk>/homework/answer/", homework.homework_answer, name="homework_answer"),
    path("meetings/<int:pk>/homework/write/", homework.homework_write, name="homework_write"),
    path("meetings/<int:pk>/homework/answers/", homework.homework_answers, name="homework_answers"),
    path("meetings/<int:pk>/homework/take-away/", homework.homework_take_away, name="homework_take_away"),
    path("meetings/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("meetings/<int:pk>/attendance/note/", attendance.attendance_note, name="attendance_note"),
    path(
        "meetings/<int:pk>/attendance/everybody/",
        attendance.attendance_everybody,
        name="attendance_everybody",
    ),
    path("meetings/<int:pk>/next/", next_meeting.next_meeting, name="next_meeting"),
    path("meetings/<int:pk>/next/propose/", next_meeting.next_propose, name="next_propose"),
    path("meetings/<int:pk>/next/<int:option>/withdraw/", next_meeting.next_withdraw, name="next_withdraw"),
    path("meetings/<int:pk>/next/choose/", next_meeting.next_choose, name="next_choose"),
    path("meetings/<int:pk>/next/decide/", next_meeting.next_decide, name="next_decide"),
    path("meetings/<int:pk>/close/", next_meeting.meeting_close, name="meeting_close"),
    path("circles/<int:pk>/time-link/", next_meeting.time_link_renew, name="time_link_renew"),
    path("circles/<int:pk>/time-sheet/", what_time.wall_sheet, name="wall_sheet"),
    path("circles/<int:pk>/study-export/", export.study_export, name="study_export"),
    path("wall/<int:pk>-<str:token>/between/", between_wall.wall_between, name="wall_between"),
    path("time/<str:token>/", what_time.what_time, name="what_time"),
    path("time/<str:token>/calendar.ics", what_time.calendar, name="calendar"),
]
at_tables = [
    *table_pages("meetings/<int:pk>/tables/", leads_evening),
    path("tables/<str:token>/", table_people.tables_join, name="tables_join"),
    path("now/languages/", table_people.own_languages, name="own_languages"),
]
with_companions = [
    path("circles/<int:pk>/companions/", companions.companions, name="companions"),
    path("circles/<int:pk>/companions/propose/", companions.companions_propose, name="companions_propose"),
    path("circles/<int:pk>/companions/pair/", companions.companions_pair, name="companions_pair"),
    path(
        "circles/<int:pk>/companions/<int:companionship>/",
        companions.companions_decide,
        name="companions_decide",
    ),
    path("now/companion/", companions.own_companion, name="own_companion"),
    path("now/companion/<int:pk>/", companions.companion_answer, name="companion_answer"),
]
urlpatterns = by_words(doors + evening + between + at_tables + with_companions)
