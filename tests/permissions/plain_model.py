"""The table of who may see what, written down a second time, by hand and without the product's own.

One function a kind of material, each a few plain sentences. The product's answer is held against this one over a million
random questions. Whoever changes the table changes it in both places, knowingly.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """Everything that could matter, as plain yes and no."""

    wrote_it: bool  # they are its author
    about_me: bool  # they are its subject
    has_subject: bool  # it is about one person; else about the case as a whole
    takes_part: bool  # they take part in its case
    treats: bool  # they are on the care team
    covers: bool
    supervises: bool
    broke_glass: bool
    manager: bool
    desk: bool
    biller: bool
    guards_author: bool
    guards_subject: bool
    law_shows_appointments: bool
    released_to_me: bool
    shared_with_team: bool
    alert_open: bool
    agreed_scores: bool
    agreed_answers: bool
    unanswered: bool  # it was asked, and waits for its author's answer
    clinician: bool  # they do clinical work here
    intake: bool
    sent: bool  # its author has sent it

    @property
    def team(self) -> bool:
        return (self.treats or self.covers) and not self.takes_part

    @property
    def above(self) -> bool:
        return self.supervises and not self.takes_part

    @property
    def emergency(self) -> bool:
        return self.broke_glass and not self.takes_part

    @property
    def clinical(self) -> bool:
        return self.team or self.above or self.emergency

    @property
    def office(self) -> bool:
        return self.manager or self.desk or self.biller


def own_answers(q: Question) -> str:
    if q.wrote_it or q.clinical:
        return "whole"
    return "whole" if q.released_to_me and (q.takes_part or q.guards_author) else ""


def report_by_other(q: Question) -> str:
    if q.wrote_it or q.clinical:
        return "whole"
    return "whole" if q.about_me and q.released_to_me else ""


def alliance_answers(q: Question) -> str:
    if q.wrote_it:
        return "whole"
    if q.team and q.agreed_answers:
        return "whole"
    if q.team and q.agreed_scores:
        return "scores and trends" if q.above else "scores"
    return "trends" if q.above else ""


def violence_screen(q: Question) -> str:
    if q.clinical:
        return "whole"
    return "to_answer" if q.wrote_it and q.unanswered else ""


def journal_entry(q: Question) -> str:
    return "whole" if q.wrote_it or (q.team and q.shared_with_team) else ""


def formulation(q: Question) -> str:
    if q.clinical:
        return "whole"
    return "whole" if q.released_to_me and (q.about_me or q.takes_part or q.guards_subject) else ""


def injury_account(q: Question) -> str:
    if q.wrote_it or q.clinical:
        return "whole"
    return "whole" if q.released_to_me and q.takes_part else ""


def session_note(q: Question) -> str:
    if q.clinical:
        return "whole"
    if not q.released_to_me:
        return ""
    return "whole" if q.about_me or (q.takes_part and not q.has_subject) else ""


def process_note(q: Question) -> str:
    return "whole" if q.wrote_it and q.treats and not q.takes_part and not q.about_me else ""


def appointment(q: Question) -> str:
    if q.about_me or q.clinical or (q.takes_part and not q.has_subject):
        return "whole"
    if q.law_shows_appointments and q.guards_subject:
        return "whole"
    return "time_and_place" if q.office else ""


def message_thread(q: Question) -> str:
    member = q.released_to_me and (q.wrote_it or q.takes_part or q.team)
    return "whole" if member or (q.above and q.alert_open) else ""


def safety_plan(q: Question) -> str:
    if q.wrote_it or q.clinical:
        return "whole"
    return "whole" if q.released_to_me and (q.takes_part or q.guards_author) else ""


def group_roster(q: Question) -> str:
    if q.about_me or q.clinical or q.takes_part:
        return "whole"
    return "billing_name" if q.office else ""


def invoice(q: Question) -> str:
    return "whole" if q.about_me or q.office else ""


def request(q: Question) -> str:
    return "whole" if q.wrote_it or (q.clinician and q.released_to_me) or (q.intake and q.sent) else ""


def alert(q: Question) -> str:
    return "whole" if q.clinical else ""
