"""Addresses of this stage."""

from django.urls import URLPattern

app_name = "house"
urlpatterns: list[URLPattern] = []
