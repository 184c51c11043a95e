"""Addresses of this stage."""

from django.urls import path

from brobygget.operations import views

app_name = "operations"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("demo/<str:token>/", views.demo_door, name="demo_door"),
]
