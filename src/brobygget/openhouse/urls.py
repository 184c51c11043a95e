"""Addresses of this stage: `open-houses/` for those who plan, `open-house/` for everybody and for associations."""

from django.urls import path

from brobygget.circles.views.table_pages import table_pages
from brobygget.openhouse.views import (
    answers,
    appointment_slips,
    appointments,
    booking,
    booking_desk,
    confirmations,
    day_public,
    door,
    door_screens,
    events,
    floor,
    floor_halls,
    floor_tables,
    gathering_screens,
    gatherings,
    hall_wall,
    invitations,
    language_hosts,
    letters,
    meeting_choices,
    meeting_hosting,
    meeting_own,
    paper,
    paper_files,
    papers,
    places,
    plan,
    programme,
    public,
    reminders,
    run_now,
)
from brobygget.openhouse.views.gathering_doors import leads_occasion

app_name = "openhouse"
urlpatterns = [
    # for those who plan
    path("open-houses/", events.open_houses, name="open_houses"),
    path("open-houses/new/", events.new, name="new"),
    path("open-houses/<int:pk>/", plan.plan, name="plan"),
    path("open-houses/<int:pk>/facts/", events.facts, name="facts"),
    path("open-houses/<int:pk>/publishing/", events.publishing, name="publishing"),
    path("open-houses/<int:pk>/calling-off/", events.calling_off, name="calling_off"),
    path("open-houses/<int:pk>/tasks/new/", plan.task_new, name="task_new"),
    path("open-houses/<int:pk>/tasks/<int:task>/", plan.task, name="task"),
    path("open-houses/<int:pk>/tasks/<int:task>/done/", plan.task_done, name="task_done"),
    path("open-houses/<int:pk>/tasks/<int:task>/following/", plan.task_following, name="task_following"),
    path("open-houses/<int:pk>/tasks/<int:task>/removal/", plan.task_removal, name="task_removal"),
    path("open-houses/<int:pk>/run-sheet/", paper.run_sheet, name="run_sheet"),
    path("open-houses/<int:pk>/run-sheet.pdf", paper.run_sheet_file, name="run_sheet_file"),
    path("open-houses/<int:pk>/now/", run_now.run_now, name="run_now"),
    path("open-houses/<int:pk>/now/live/", run_now.run_now_live, name="run_now_live"),
    path("open-houses/<int:pk>/now/<int:task>/done/", run_now.run_now_done, name="run_now_done"),
    # on paper, for those who plan and those who invite
    path("open-houses/<int:pk>/papers/", papers.papers, name="papers"),
    path("open-houses/<int:pk>/papers/poster-<str:paper>.pdf", paper_files.poster, name="poster"),
    path("open-houses/<int:pk>/papers/signs.pdf", paper_files.signs, name="signs"),
    path("open-houses/<int:pk>/papers/map-<str:paper>.pdf", paper_files.floor_map, name="map"),
    path("open-houses/<int:pk>/papers/stamp-cards.pdf", paper_files.stamp_cards, name="stamp_cards"),
    path("open-houses/<int:pk>/papers/phrases.pdf", paper_files.phrase_sheet, name="phrases"),
    path("open-houses/<int:pk>/papers/badges/", paper_files.badges, name="badges"),
    # at the tables, for those who plan
    path("open-houses/<int:pk>/gatherings/", gatherings.gatherings, name="gatherings"),
    path("open-houses/gatherings/<int:pk>/", gatherings.gathering, name="gathering"),
    path("open-houses/gatherings/<int:pk>/ending/", gatherings.gathering_ending, name="gathering_ending"),
    path("open-houses/gatherings/<int:pk>/removal/", gatherings.gathering_removal, name="gathering_removal"),
    path(
        "open-houses/gatherings/<int:pk>/wall-address/",
        gatherings.gathering_wall_address,
        name="gathering_wall_address",
    ),
    *table_pages("open-houses/gatherings/<int:pk>/tables/", leads_occasion),
    # meetings by appointment, for those who plan and those who receive
    path("open-houses/<int:pk>/meetings/", appointments.appointments, name="appointments"),
    path(
        "open-houses/<int:pk>/meetings/closing/",
        appointments.appointments_closing,
        name="appointments_closing",
    ),
    path(
        "open-houses/<int:pk>/meetings/making/", appointments.appointments_making, name="appointments_making"
    ),
    path(
        "open-houses/<int:pk>/meetings/telling/",
        appointments.appointments_telling,
        name="appointments_telling",
    ),
    path("open-houses/<int:pk>/meetings/table/", appointments.appointments_table, name="appointments_table"),
    path(
        "open-houses/<int:pk>/meetings/moving/", appointments.appointments_moving, name="appointments_moving"
    ),
    path("open-houses/<int:pk>/meetings/slips/", appointment_slips.slips, name="slips"),
    path("open-houses/<int:pk>/meetings/slips/paper.pdf", appointment_slips.slips_paper, name="slips_paper"),
    path("open-houses/<int:pk>/meetings/slips/<int:number>/", appointment_slips.slip, name="slip"),
    path(
        "open-houses/<int:pk>/meetings/slips/<int:number>/wishes/",
        appointment_slips.slip_wishes,
        name="slip_wishes",
    ),
    path(
        "open-houses/<int:pk>/meetings/slips/<int:number>/removal/",
        appointment_slips.slip_removal,
        name="slip_removal",
    ),
    # the programme and who welcomes, for those who plan
    path("open-houses/<int:pk>/programme/", programme.programme, name="programme"),
    path("open-houses/<int:pk>/programme/new/", programme.slot_new, name="slot_new"),
    path("open-houses/<int:pk>/programme/<int:slot>/", programme.slot, name="slot"),
    path(
        "open-houses/<int:pk>/programme/<int:slot>/calling-off/",
        programme.slot_calling_off,
        name="slot_calling_off",
    ),
    path("open-houses/<int:pk>/programme/<int:slot>/removal/", programme.slot_removal, name="slot_removal"),
    path("open-houses/<int:pk>/hosts/", language_hosts.hosts, name="hosts"),
    path("open-houses/<int:pk>/hosts/new/", language_hosts.host_new, name="host_new"),
    path("open-houses/<int:pk>/hosts/<int:host>/", language_hosts.host, name="host"),
    path("open-houses/<int:pk>/hosts/<int:host>/removal/", language_hosts.host_removal, name="host_removal"),
    # seats on paper, for the reception
    path("open-houses/<int:pk>/bookings/", booking_desk.bookings, name="bookings"),
    path("open-houses/<int:pk>/bookings/code/", booking_desk.booking_code, name="booking_code"),
    path("open-houses/<int:pk>/bookings/of/<int:slot>/", booking_desk.slip_new, name="seat_slip_new"),
    path("open-houses/<int:pk>/bookings/<int:booking>/", booking_desk.slip, name="seat_slip"),
    path(
        "open-houses/<int:pk>/bookings/<int:booking>/taking-back/",
        booking_desk.slip_back,
        name="seat_slip_back",
    ),
    path("open-houses/<int:pk>/bookings/<int:booking>/told/", booking_desk.seat_told, name="seat_told"),
    # for those who invite
    path("open-houses/<int:pk>/invitations/", invitations.invitations, name="invitations"),
    path("open-houses/<int:pk>/invitations/sending/", invitations.sending, name="sending"),
    path("open-houses/<int:pk>/invitations/all/", invitations.inviting_all, name="inviting_all"),
    path("open-houses/<int:pk>/invitations/mails/", invitations.mails, name="mails"),
    path("open-houses/<int:pk>/invitations/nudges/", invitations.nudges, name="nudges"),
    path("open-houses/<int:pk>/invitations/letters/", letters.letters, name="letters"),
    path("open-houses/<int:pk>/invitations/letters.pdf", letters.letters_file, name="letters_file"),
    path("open-houses/<int:pk>/invitations/calls/", invitations.calls, name="calls"),
    path("open-houses/<int:pk>/invitations/<int:invitation>/", invitations.invitation, name="invitation"),
    path("open-houses/<int:pk>/invitations/<int:invitation>/call/", invitations.call_note, name="call_note"),
    path("open-houses/<int:pk>/invitations/<int:invitation>/link/", invitations.new_link, name="new_link"),
    path(
        "open-houses/<int:pk>/invitations/<int:invitation>/giving-up/",
        invitations.giving_up,
        name="place_ending",
    ),
    path("open-houses/<int:pk>/places/", places.places, name="places"),
    path("open-houses/<int:pk>/places/rule/", places.rule, name="rule"),
    path("open-houses/<int:pk>/places/freezing/", places.freezing, name="freezing"),
    path("open-houses/<int:pk>/places/giving/", places.giving, name="giving"),
    path("open-houses/<int:pk>/places.pdf", places.places_file, name="places_file"),
    path("open-houses/<int:pk>/places/calls/<int:call>/told/", places.call_told, name="call_told"),
    path("open-houses/<int:pk>/places/calls/<int:call>/answer/", places.call_answer, name="call_answer"),
    path("open-houses/<int:pk>/places/calls/<int:call>/passing/", places.call_passing, name="call_passing"),
    path("open-houses/<int:pk>/places/<int:place>/calling/", places.calling_again, name="calling_again"),
    # for those who tell everybody when to come and where to stand
    path("open-houses/<int:pk>/reminders/", reminders.reminders, name="reminders"),
    path("open-houses/<int:pk>/reminders/briefing/", reminders.briefing, name="briefing"),
    path("open-houses/<int:pk>/reminders/mails/", reminders.reminder_mails, name="reminder_mails"),
    path("open-houses/<int:pk>/reminders/sheets/", reminders.reminder_sheets, name="reminder_sheets"),
    path(
        "open-houses/<int:pk>/reminders/<int:invitation>/told/", reminders.reminder_told, name="reminder_told"
    ),
    path(
        "open-houses/<int:pk>/reminders/confirmations.pdf",
        confirmations.confirmations_file,
        name="confirmations",
    ),
    # for those who decide who stands where
    path("open-houses/<int:pk>/floor/", floor.floor, name="floor"),
    path("open-houses/<int:pk>/floor/placing/", floor.placing, name="placing"),
    path("open-houses/<int:pk>/floor/moving/", floor.moving, name="moving"),
    path("open-houses/<int:pk>/floor/holding/", floor.holding, name="holding"),
    path("open-houses/<int:pk>/floor/taking-back/", floor.taking_back, name="taking_back"),
    path("open-houses/<int:pk>/floor/telling/", floor.telling, name="telling"),
    path("open-houses/<int:pk>/floor/halls/", floor_halls.halls, name="halls"),
    path("open-houses/<int:pk>/floor/halls/new/", floor_halls.hall_new, name="hall_new"),
    path("open-houses/<int:pk>/floor/halls/<int:hall>/", floor_halls.hall, name="hall"),
    path("open-houses/<int:pk>/floor/halls/<int:hall>/rows/", floor_halls.hall_rows, name="hall_rows"),
    path("open-houses/<int:pk>/floor/halls/<int:hall>/table/", floor_halls.hall_table, name="hall_table"),
    path(
        "open-houses/<int:pk>/floor/halls/<int:hall>/removal/", floor_halls.hall_removal, name="hall_removal"
    ),
    path("open-houses/<int:pk>/floor/tables/<int:table>/", floor_tables.table, name="table"),
    path(
        "open-houses/<int:pk>/floor/tables/<int:table>/removal/",
        floor_tables.table_removal,
        name="table_removal",
    ),
    path("open-houses/<int:pk>/floor/circuits/new/", floor_halls.circuit_new, name="circuit_new"),
    path("open-houses/<int:pk>/floor/circuits/apart/", floor_halls.keeping_apart, name="keeping_apart"),
    path("open-houses/<int:pk>/floor/circuits/<int:circuit>/", floor_tables.circuit, name="circuit"),
    path(
        "open-houses/<int:pk>/floor/circuits/<int:circuit>/removal/",
        floor_tables.circuit_removal,
        name="circuit_removal",
    ),
    # the door, for those who plan the day
    path("open-houses/<int:pk>/door/", door.door, name="door"),
    path("open-houses/<int:pk>/door/watching/", door.door_watching, name="door_watching"),
    path("open-houses/<int:pk>/door/addresses/", door.door_addresses, name="door_addresses"),
    path("open-houses/<int:pk>/door/rooms/new/", door.door_room_new, name="door_room_new"),
    path("open-houses/<int:pk>/door/rooms/<int:room>/", door.door_room, name="door_room"),
    path(
        "open-houses/<int:pk>/door/rooms/<int:room>/removal/",
        door.door_room_removal,
        name="door_room_removal",
    ),
    # at the door on the day, behind a secret in the address
    path("open-house/door/<int:pk>-<str:token>/", door_screens.counting, name="counting"),
    path(
        "open-house/door/<int:pk>-<str:token>/<int:room>/", door_screens.counting_room, name="counting_room"
    ),
    path(
        "open-house/door/<int:pk>-<str:token>/<int:room>/live/",
        door_screens.counting_room_live,
        name="counting_room_live",
    ),
    path(
        "open-house/door/<int:pk>-<str:token>/<int:room>/press/",
        door_screens.counting_press,
        name="counting_press",
    ),
    path("open-house/faces/<int:pk>-<str:token>/", door_screens.faces, name="faces"),
    path("open-house/faces/<int:pk>-<str:token>/press/", door_screens.faces_press, name="faces_press"),
    # for associations, without an account
    path("open-house/code/", answers.code, name="code"),
    path("open-house/link/<str:token>/", answers.link, name="link"),
    path("open-house/<int:pk>/answer/", answers.answer, name="answer"),
    path("open-house/<int:pk>/answer/receipt/", answers.receipt, name="receipt"),
    path(
        "open-house/<int:pk>/answer/confirmation.pdf", confirmations.own_confirmation, name="own_confirmation"
    ),
    path("open-house/<int:pk>/answer/earlier/<int:change>/", answers.earlier, name="earlier"),
    path("open-house/<int:pk>/answer/giving-up/", answers.giving_up, name="giving_up"),
    path("open-house/<int:pk>/answer/call/", answers.call, name="call"),
    path("open-house/<int:pk>/answer/leaving/", answers.leave, name="leave"),
    path("open-house/<int:pk>/answer/meetings/", meeting_hosting.hosting, name="hosting"),
    # whom to meet, for visitors, without an account
    path("open-house/<int:pk>/meetings/", meeting_choices.meet, name="meet"),
    path("open-house/<int:pk>/meetings/interests/", meeting_choices.meet_interests, name="meet_interests"),
    path("open-house/<int:pk>/meetings/wishes/", meeting_choices.meet_wishes, name="meet_wishes"),
    path("open-house/<int:pk>/meetings/code/", meeting_own.meet_code, name="meet_code"),
    path("open-house/<int:pk>/meetings/own/", meeting_own.own_meetings, name="own_meetings"),
    path(
        "open-house/<int:pk>/meetings/own/calendar.ics",
        meeting_own.own_meetings_calendar,
        name="own_meetings_calendar",
    ),
    path(
        "open-house/<int:pk>/meetings/own/taking-back/",
        meeting_own.own_meetings_taking_back,
        name="own_meetings_taking_back",
    ),
    path(
        "open-house/<int:pk>/meetings/own/leaving/",
        meeting_own.own_meetings_leaving,
        name="own_meetings_leaving",
    ),
    # for everybody
    path("open-house/", public.coming, name="coming"),
    path("open-house/feed.rss", public.rss, name="rss"),
    path("open-house/<int:pk>/", public.open_house, name="open_house"),
    path("open-house/<int:pk>/calendar.ics", public.calendar, name="calendar"),
    path("open-house/<int:pk>/programme/", day_public.day_programme, name="day_programme"),
    path("open-house/<int:pk>/map/", day_public.day_map, name="day_map"),
    path("open-house/<int:pk>/wall/", hall_wall.hall_wall, name="hall_wall"),
    path("open-house/<int:pk>/wall/live/", hall_wall.hall_wall_live, name="hall_wall_live"),
    path("open-house/<int:pk>/programme/<int:slot>/", booking.seats, name="seats"),
    path("open-house/<int:pk>/seats/", booking.own_seats, name="own_seats"),
    path("open-house/<int:pk>/seats/code/", booking.seats_code, name="seats_code"),
    path("open-house/<int:pk>/seats/<int:booking>/taking-back/", booking.seats_back, name="seats_back"),
    # at the tables, for whoever comes
    path("open-house/tables/<str:token>/", gathering_screens.tables_join, name="tables_join"),
    path("open-house/gatherings/<int:pk>/", gathering_screens.own_tables, name="own_tables"),
    path("open-house/gatherings/<int:pk>/live/", gathering_screens.own_tables_live, name="own_tables_live"),
    path("open-house/wall/<int:pk>-<str:token>/", gathering_screens.gathering_wall, name="gathering_wall"),
    path(
        "open-house/wall/<int:pk>-<str:token>/live/",
        gathering_screens.gathering_wall_live,
        name="gathering_wall_live",
    ),
    # for the circle that shapes it
    path("open-house/<int:pk>/ours/", plan.ours, name="ours"),
    path("open-house/<int:pk>/ours/<int:task>/done/", plan.ours_done, name="ours_done"),
]
