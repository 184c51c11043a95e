"""Addresses of this stage."""

from django.urls import path

from brobygget.circles.views import joining

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
]
between = [
]
urlpatterns = doors + evening + between
