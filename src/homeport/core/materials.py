"""The kinds of material that the practice keeps about people, in the words of the table in ``homeport.access.table``."""

from django.db import models


class Material(models.TextChoices):
    """One row of the table of who may see what."""

    OWN_ANSWERS = "own_answers", "own answers and scores"
    REPORT_BY_OTHER = "report_by_other", "report by another"
    ALLIANCE_ANSWERS = "alliance_answers", "alliance answers"
    VIOLENCE_SCREEN = "violence_screen", "violence screen"
    JOURNAL_ENTRY = "journal_entry", "journal entry"
    FORMULATION = "formulation", "formulation, plan, goals"
    INJURY_ACCOUNT = "injury_account", "account of an injury"
    SESSION_NOTE = "session_note", "session note"
    PROCESS_NOTE = "process_note", "process note"
    APPOINTMENT = "appointment", "appointment"
    MESSAGE_THREAD = "message_thread", "message thread"
    SAFETY_PLAN = "safety_plan", "safety plan"
    GROUP_ROSTER = "group_roster", "group roster"
    INVOICE = "invoice", "invoice"
    REQUEST = "request", "request to meet"
    ALERT = "alert", "alert"
