"""Addresses of the start page, the overview and the set-up wizard."""

from django.urls import path

from brobygget.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("overview/", views.overview, name="overview"),
    path("houses/<int:pk>/choice/", views.choose_house, name="choose_house"),
    path("set-up/done/", views.set_up_done, name="set_up_done"),
    path("set-up/<str:token>/", views.set_up, name="set_up"),
    path("people/", views.people, name="people"),
    path("people/invitation/", views.invitation, name="invitation"),
    path("people/roles/<int:pk>/ending/", views.role_ending, name="role_ending"),
]
