"""Addresses of participants' own pages."""

from django.urls import path

from brobygget.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/way-back/", views.way_back, name="way_back"),
    path("me/leave-phone/", views.leave_phone, name="leave_phone"),
    path("me/forget/", views.forget, name="forget"),
    path("me/forgotten/", views.forgotten, name="forgotten"),
    path("come-back/<str:token>/", views.come_back, name="come_back"),
]
