"""A client and a therapist go through their days, in a real browser; every page they meet is for everybody to use."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect
from tests.factories.cases import a_couple
from tests.factories.people import a_person, a_practice, a_supervisor, a_therapist

from homeport.safety.models import ViolenceScreen

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[..., None]
Open = Callable[..., Page]


class Room:
    """A couple with its therapist and supervisor, and a colleague."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben = a_person("Ana Ames"), a_person("Ben Bell")
        self.thea, self.emil = a_therapist("Thea Stone"), a_therapist("Emil Fox")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        self.sue = a_supervisor(self.thea, name="Sue Hart")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_client_writes_shares_and_takes_back(as_person: Open, looked_at: Look, scheme: str) -> None:
    # Given a client who has written nothing yet
    room = Room()
    page = as_person(room.ana, "/home/", scheme=scheme)
    looked_at(page, f"home-empty-390-{scheme}")
    # When she writes, and nothing at first
    page.get_by_role("link", name="Write something").click()
    looked_at(page, f"journal-write-390-{scheme}")
    page.get_by_role("button", name="Keep it").click()
    looked_at(page, f"journal-write-fault-390-{scheme}")
    page.get_by_label("Your words").fill("We talked until two.\nIt was quiet after.")
    page.get_by_role("button", name="Keep it").click()
    # Then it is hers alone, until she shares it
    expect(page.get_by_text("Only you can read this.")).to_be_visible()
    looked_at(page, f"journal-entry-390-{scheme}")
    page.get_by_role("button", name="Share it with my therapist").click()
    expect(page.get_by_text("Your care team can read this.")).to_be_visible()
    address = page.url
    shared = as_person(room.thea, address)
    expect(shared.get_by_text("We talked until two.")).to_be_visible()
    expect(
        as_person(room.ben, address).get_by_role("heading", name="There is nothing at this address")
    ).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Only you can read this.")).to_be_visible()
    page.goto("/who-looked/")
    expect(page.get_by_text("journal entries you shared")).to_be_visible()
    looked_at(page, f"who-looked-390-{scheme}")
    page.goto("/journal/")
    looked_at(page, f"journal-390-{scheme}")


def test_typed_on_two_devices_nothing_is_lost(as_person: Open, looked_at: Look) -> None:
    # Given an entry that is open on a telephone and on a table
    room = Room()
    table = as_person(room.ana, "/journal/write/")
    table.get_by_label("Your words").fill("As it was.")
    table.get_by_role("button", name="Keep it").click()
    with table.expect_navigation(wait_until="load"):
        table.get_by_role("link", name="Change it").click()
    telephone = as_person(room.ana, table.url)
    # When both change it
    telephone.get_by_label("Your words").fill("From the telephone.")
    telephone.get_by_role("button", name="Keep it").click()
    table.get_by_label("Your words").fill("From the table.")
    table.get_by_role("button", name="Keep it").click()
    # Then the second is told, sees both, and decides
    expect(table.get_by_text("Somebody changed this while you were writing.")).to_be_visible()
    expect(table.get_by_text("From the telephone.")).to_be_visible()
    expect(table.get_by_label("Your words")).to_have_value("From the table.")
    looked_at(table, "journal-conflict-390-light")
    table.get_by_role("button", name="Keep it").click()
    expect(table.get_by_text("From the table.")).to_be_visible()


def test_a_therapist_drafts_signs_releases_and_agrees(as_person: Open, looked_at: Look) -> None:
    # Given a therapist with a couple
    room = Room()
    page = as_person(room.thea, "/cases/", width=1280)
    looked_at(page, "cases-1280-light")
    page.get_by_role("link", name="Ana Ames, Ben Bell").click()
    looked_at(page, "case-1280-light")
    # When she drafts a note about the joint session, signs it and opens it to one of them
    page.get_by_role("link", name="Write a note").click()
    looked_at(page, "note-write-1280-light")
    page.get_by_label("All of them: a joint session").check()
    page.get_by_label("What took place").fill("They met for the first time.")
    page.get_by_role("button", name="Keep the draft").click()
    looked_at(page, "note-draft-1280-light")
    page.get_by_role("button", name="Sign it").click()
    looked_at(page, "note-signed-1280-light")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("listitem").filter(has_text="Ana Ames").get_by_role("button", name="Open it").click()
    note = page.url
    # Then that one reads it, and the other finds nothing
    expect(as_person(room.ana, note).get_by_text("They met for the first time.")).to_be_visible()
    expect(
        as_person(room.ben, note).get_by_role("heading", name="There is nothing at this address")
    ).to_be_visible()
    # And when an agreement is put forward, each reads and signs it
    page.goto(f"/cases/{room.case.pk}/agreement/")
    looked_at(page, "agreement-empty-1280-light")
    page.get_by_label("No secrets between us").check()
    page.get_by_role("button", name="Put it forward").click()
    client = as_person(room.ana, "/home/")
    client.get_by_role("link", name="What you agree about private things").click()
    looked_at(client, "agreement-390-light")
    client.get_by_role("button", name="I agree, and I sign").click()
    expect(client.get_by_text("signed on")).to_be_visible()


def test_questions_are_answered_once_and_are_gone_behind_the_back_button_too(
    as_person: Open, looked_at: Look
) -> None:
    # Given a client who was asked
    room = Room()
    therapist = as_person(room.thea, f"/cases/{room.case.pk}/")
    therapist.get_by_role("button", name="Ask everybody now").click()
    page = as_person(room.ana, "/home/")
    page.get_by_role("link", name="A few questions").click()
    looked_at(page, "questions-390-light")
    # When she answers
    page.get_by_label("I am alone").check()
    page.get_by_role("button", name="Go on").click()
    looked_at(page, "questions-begun-390-light")
    page.get_by_role("group", name="Are you ever afraid").get_by_label("Yes").check()
    page.get_by_role("button", name="Send").click()
    # Then they are on no screen of hers, and her care team reads them
    expect(page.get_by_role("heading", name="What is mine")).to_be_visible()
    expect(page.get_by_text("A few questions")).to_have_count(0)
    with suppress(Error):  # the browser keeps no page of ours, and asks before it would send a form again
        page.go_back()
    expect(page.get_by_text("Are you ever afraid")).to_have_count(0)
    again = page.context.new_page()
    again.goto("/questions/")
    expect(again.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    screen = ViolenceScreen.objects.get(author_id=room.ana.pk)
    therapist.goto(f"/screens/{screen.pk}/")
    expect(therapist.get_by_text("Are you ever afraid")).to_be_visible()
    looked_at(therapist, "screen-390-light")


def test_the_glass_is_broken_shown_and_seen_to(as_person: Open, looked_at: Look) -> None:
    # Given a colleague who has nothing to do with the case
    room = Room()
    page = as_person(room.emil, "/emergency/", width=1280)
    looked_at(page, "emergency-1280-light")
    # When he opens it with a reason
    page.get_by_label("Whose case?").fill("Ana Ames")
    page.get_by_label("Why now?").fill("Ana called the desk in great distress.")
    page.get_by_role("button", name="Open it for one hour").click()
    expect(page.get_by_role("heading", name="Ana Ames, Ben Bell")).to_be_visible()
    # Then the client is shown, and the supervisor sees to it
    client = as_person(room.ana, "/home/")
    expect(client.get_by_text("Emil Fox opened your record in an emergency")).to_be_visible()
    looked_at(client, "home-emergency-390-light")
    supervisor = as_person(room.sue, "/emergencies/", width=1280)
    looked_at(supervisor, "emergencies-1280-light")
    supervisor.get_by_role("button", name="I have seen to it").click()
    expect(supervisor.get_by_text("Nothing waits for you.")).to_be_visible()
