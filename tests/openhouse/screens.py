"""Screens for the tests of this stage, and what is wrong with the pages on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.test import Client
from playwright.sync_api import Page

from tests.looking_at_a_page import AXE, faults_of

Screen = Callable[..., Page]


def faults_on(
    screen: Screen, walks: Iterable[tuple[Client | None, Sequence[str]]], language: str
) -> list[str]:
    """Everybody opens their pages; what axe and a narrow screen find there."""
    faults: list[str] = []
    for client, addresses in walks:
        page = screen(1280, client, language=language, bypass_csp=True)
        page.context.add_init_script(AXE)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            faults += faults_of(page, language)
        page.context.close()
    return faults
