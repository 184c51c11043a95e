"""Addresses of the start page, the overview and the set-up wizard."""

from django.urls import path

from brobygget.home import views

app_name = "home"
urlpatterns = [path("", views.start, name="start")]
