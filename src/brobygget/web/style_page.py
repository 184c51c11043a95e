"""The living style page: every component with its markup, and a sample of each kind of screen."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def style(request: HttpRequest) -> HttpResponse:
    return render(request, "web/style.html")


def sample(request: HttpRequest, kind: str) -> HttpResponse:
    return render(request, f"web/samples/{kind}.html")
