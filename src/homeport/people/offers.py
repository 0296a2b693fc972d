"""What a therapist can offer, as plain codes that can be searched: whom, how, and in which format."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Population(models.TextChoices):
    """Whom a therapist works with."""

    ADULTS = "adults", _("Adults")
    OLDER_ADULTS = "older_adults", _("Older adults")
    COUPLES = "couples", _("Couples")
    FAMILIES = "families", _("Families")
    YOUNG_CHILDREN = "young_children", _("Children under five, with a parent")
    CHILDREN = "children", _("Children of five to twelve")
    TEENS = "teens", _("Teens")
    PARENTS = "parents", _("Parents and carers")
    ADOPTIVE_AND_FOSTER = "adoptive_and_foster", _("Adoptive and foster families")
    LGBTQ = "lgbtq", _("LGBTQ+ people")
    NEWCOMERS = "newcomers", _("Newcomers and refugees")
    INDIGENOUS = "indigenous", _("Indigenous people")
    NEURODIVERGENT = "neurodivergent", _("Neurodivergent people")


class Approach(models.TextChoices):
    """Ways of working that a therapist is trained in."""

    ATTACHMENT_BASED = "attachment_based", _("Attachment-based therapy")
    ABFT = "abft", _("Attachment-based family therapy (ABFT)")
    EFT_COUPLES = "eft_couples", _("Emotionally focused therapy for couples (EFT)")
    EFIT = "efit", _("Emotionally focused individual therapy (EFIT)")
    CIRCLE_OF_SECURITY = "circle_of_security", _("Circle of Security parenting")
    DDP = "ddp", _("Dyadic developmental psychotherapy (DDP)")
    CHILD_PARENT = "child_parent", _("Child and parent work with play")
    TRAUMA_PHASES = "trauma_phases", _("Trauma work in phases")
    MINDFULNESS = "mindfulness", _("Mindfulness")
    INNER_CHILD = "inner_child", _("Inner-child work")
    NARRATIVE = "narrative", _("Narrative work")
    GROUP = "group", _("Group therapy")


class Format(models.TextChoices):
    """Where and with whom a session takes place."""

    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")
    TEXT = "text", _("By text")


class Fee(models.TextChoices):
    """What a fee is asked for."""

    INDIVIDUAL = "individual", _("One person")
    COUPLE = "couple", _("A couple")
    FAMILY = "family", _("A family")
    GROUP = "group", _("A place in a group")


# Currencies that a fee can be asked in, each with a smallest unit of a hundredth.
CURRENCIES = ("CAD", "USD", "GBP", "EUR", "AUD", "NZD", "CHF")
