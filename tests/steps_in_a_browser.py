"""Steps that one screen takes in a browser, each ended before the next begins.

Without scripts some pages show themselves anew now and then. Somebody's own press or link wins over that, always;
an address that is typed in does not: the browser drops it, and says so in one of several ways, or not at all.
"""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error, Locator, Page, Response

EMPTY = "about:blank"
TRIES = 20


def go_to(page: Page, address: str) -> Response:
    """Open an address from an empty page, which never shows itself anew."""
    for _ in range(TRIES):
        with suppress(Error):
            page.goto(EMPTY)
        if page.url == EMPTY:
            break
    answer = page.goto(address)
    assert answer is not None, f"nothing came from {address}"
    return answer


def press(page: Page, button: Locator) -> Response:
    """Press a button of a form, and wait until the house has written it down and shows what came of it."""
    with page.expect_response(_came_of_a_press) as heard:
        button.click()
    heard.value.finished()
    page.wait_for_load_state()
    return heard.value


def _came_of_a_press(answer: Response) -> bool:
    """The last answer to what a form sent, after the ways on."""
    first = answer.request
    while first.redirected_from is not None:
        first = first.redirected_from
    return first.method == "POST" and not 300 <= answer.status < 400
