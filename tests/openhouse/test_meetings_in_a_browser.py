"""Meetings by appointment from opening to the phone that shows them; every page accessible and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from brobygget.openhouse.commands import appointments, events, waiting
from brobygget.openhouse.models import Appointment, AppointmentPlan, Invitation, OpenHouse, VisitWish
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.meetings import Hosts, hosts, make, phone_with, plan, wish
from tests.openhouse.screens import Screen, faults_on

__all__ = ["hosts", "plan"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _choose(page: Page, day: int, groups: list[str], likes: list[str]) -> None:
    """From the day's public page to the last one, by pictures alone."""
    page.goto(f"/open-house/{day}/")
    page.locator("section:has(#meetings) a.button").click()
    for group in groups:
        page.locator(f"label.tile:has(input[value={group}])").click()
    page.locator(".phone-action button").click()
    for like in likes:
        page.locator(f"label.tile:has(input[value={like}])").click()
    page.locator(".phone-action button").click()


def test_staff_opens_visitors_choose_staff_tells_and_the_phones_show_it(
    screen: Screen,
    the_day: OpenHouse,
    hosts: Hosts,
    leader: Client,
    client_invited: Callable[[Invitation], Client],
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    desk = screen(1280, leader)
    desk.goto(f"/open-houses/{the_day.pk}/meetings/")
    desk.locator("input[name=starts]").fill("12:00")
    desk.locator("input[name=ends]").fill("13:00")
    desk.locator("#open-meetings").click()
    expect(desk.locator(".messages")).to_contain_text("Nu kan besökarna välja.")

    arabic = screen(390, None, language="ar")
    _choose(arabic, the_day.pk, ["g-music", "g-games"], ["choir", "chess"])
    expect(arabic.locator("html")).to_have_attribute("dir", "rtl")
    first = arabic.locator(".wish-like input").nth(0)
    expect(first).to_have_value("choir")
    arabic.locator("button[name=up][value=chess]").click()
    expect(first).to_have_value("chess")
    expect(arabic.locator("input[name=languages][value=ar]")).to_be_checked()
    arabic.locator("label.choice:has(input[name=most][value='1'])").click()
    arabic.locator(".phone-action button").click()
    expect(arabic.locator("h1")).to_have_text("حُفظت رغباتك")

    plain = screen(390, None, java_script_enabled=False)
    _choose(plain, the_day.pk, ["g-ball"], [])
    plain.locator("select[name=comes]").select_option("12:20")
    plain.locator(".phone-action button").click()
    expect(plain.locator("h1")).to_have_text("Dina önskningar är sparade")
    plain.locator(".phone-action a").click()
    plain.locator(".phone-action button").click()
    plain.locator(".phone-action button").click()
    expect(plain.locator("select[name=comes]")).to_have_value("12:20")
    plain.locator(".phone-action button").click()
    expect(plain.locator("h1")).to_have_text("Dina önskningar är sparade")
    assert VisitWish.objects.count() == 2

    desk.reload()
    desk.locator("form[action$='/closing/'] button").click()
    desk.locator("#make").click()
    expect(desk.locator(".messages")).to_contain_text("Tidsschemat är klart: 2 besökare får träffa någon.")
    arabic.reload()
    expect(arabic.locator(".told-meeting")).to_have_count(0)
    desk.locator("#tell").click()

    arabic.reload()
    expect(arabic.locator("h1")).to_have_text("لقاءاتك")
    expect(arabic.locator(".told-meeting h3")).to_have_text("Kören")  # Arabic is spoken there
    expect(arabic.locator(".told-meeting")).to_contain_text("لأنك اخترت:")
    plain.reload()
    expect(plain.locator(".told-meeting h3")).to_have_text("Bollklubben")
    choir = screen(1280, client_invited(hosts["Kören"]))
    choir.goto(f"/open-house/{the_day.pk}/answer/meetings/")
    mine = Appointment.objects.get(invitation=hosts["Kören"])
    expect(choir.locator(".hosting-table tbody tr")).to_have_count(1)
    expect(choir.locator(".hosting-table")).to_contain_text(str(mine.wish.number))

    arabic.locator("details.unfold summary").click()
    arabic.locator("form[action$='/taking-back/'] button").click()
    expect(arabic.locator("h1")).to_have_text("من تودّ أن تلتقي؟")
    choir.reload()
    expect(choir.locator(".hosting-table")).to_have_count(0)


def test_a_meeting_is_moved_by_keyboard_with_what_breaks_said_first(
    screen: Screen, the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts, leader: Client
) -> None:
    wish(the_day, "chess")
    appointments.close_wishes(the_day, at=NOW)
    make(the_day)
    before = Appointment.objects.get()
    page = screen(1280, leader)
    page.goto(f"/open-houses/{the_day.pk}/meetings/table/")
    page.locator(".time-meetings a").focus()
    page.keyboard.press("Enter")
    page.locator("#to-host").select_option(label="Kören")
    page.locator("#move form button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".meetings-breaks")).to_contain_text("har inte valt något som Kören håller på med")
    assert Appointment.objects.get().invitation_id == before.invitation_id
    page.locator("#keep").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Flyttad.")
    assert Appointment.objects.get().invitation_id == hosts["Kören"].pk


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_meetings_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    the_day: OpenHouse,
    plan: AppointmentPlan,
    hosts: Hosts,
    leader: Client,
    elsa: Account,
    client_of_account: Callable[[Account], Client],
    client_invited: Callable[[Invitation], Client],
) -> None:
    staff, own = f"/open-houses/{the_day.pk}/meetings/", f"/open-house/{the_day.pk}/meetings/"
    mine = wish(the_day, "choir", "chess", "g-ball", languages=["ar"])
    likes = "like=choir&like=chess&like=g-ball"
    reception = client_of_account(elsa)
    choosing = [
        f"{own}",
        f"{own}interests/?group=g-music&group=g-ball",
        f"{own}wishes/?{likes}",
        f"{own}code/",
    ]
    slip = f"{staff}slips/{mine.number}/"
    entering = [f"{staff}slips/", f"{staff}slips/?{likes}", slip, f"{slip}wishes/?{likes}"]
    open_walks = [
        (None, [*choosing, f"/open-house/{the_day.pk}/"]),
        (phone_with(mine), [f"{own}own/"]),
        (reception, entering),
        (leader, [staff]),
        (client_invited(hosts["Kören"]), [f"/open-house/{the_day.pk}/answer/meetings/"]),
    ]
    faults = faults_on(screen, open_walks, language)
    for number in range(5):
        wish(the_day, "chess", name=f"c{number}")
    appointments.close_wishes(the_day, at=NOW)
    make(the_day)
    appointments.tell_meetings(the_day, is_told=True, at=NOW)
    waiting.give_up_place(hosts["Bollklubben"], at=NOW)
    one = Appointment.objects.earliest("pk")
    told_walks = [
        (None, [own, f"/open-house/{the_day.pk}/"]),
        (phone_with(mine), [f"{own}own/"]),
        (phone_with(VisitWish.objects.filter(appointments=None)[0]), [f"{own}own/"]),
        (reception, [f"{staff}slips/", f"{staff}slips/{mine.number}/"]),
        (
            leader,
            [
                staff,
                f"{staff}table/",
                f"{staff}table/?meeting={one.pk}",
                f"{staff}table/?meeting={one.pk}&host={hosts['Kören'].pk}&time=2",
            ],
        ),
        (client_invited(hosts["Kören"]), [f"/open-house/{the_day.pk}/answer/meetings/"]),
    ]
    faults += faults_on(screen, told_walks, language)
    assert faults == []
