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


class Together(models.TextChoices):
    """Who comes to a session: the format that somebody looks for. ``Format`` is the way they meet."""

    INDIVIDUAL = "individual", _("On my own")
    COUPLE = "couple", _("As a couple")
    FAMILY = "family", _("As a family")
    PARENT_CHILD = "parent_child", _("Parent and child")
    TEEN = "teen", _("A teen")
    GROUP = "group", _("In a group")


# Which fee a format is asked at.
FEE_FOR = {
    Together.INDIVIDUAL: Fee.INDIVIDUAL,
    Together.COUPLE: Fee.COUPLE,
    Together.FAMILY: Fee.FAMILY,
    Together.PARENT_CHILD: Fee.FAMILY,
    Together.TEEN: Fee.INDIVIDUAL,
    Together.GROUP: Fee.GROUP,
}


class Gender(models.TextChoices):
    """What a therapist says of their gender, if they like to."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    NON_BINARY = "non_binary", _("Non-binary")


class Identity(models.TextChoices):
    """Lives that a therapist shares, if they like to say so."""

    LGBTQ = "lgbtq", _("LGBTQ+")
    TRANS = "trans", _("Trans")
    BLACK = "black", _("Black")
    INDIGENOUS = "indigenous", _("Indigenous")
    ASIAN = "asian", _("Asian")
    ARAB = "arab", _("Arab or Middle Eastern")
    LATIN = "latin", _("Latin American")
    IMMIGRANT = "immigrant", _("Came from another country")
    DISABLED = "disabled", _("Disabled")
    NEURODIVERGENT = "neurodivergent", _("Neurodivergent")
    PARENT = "parent", _("A parent")
    ADOPTED = "adopted", _("Adopted or in care as a child")


class Faith(models.TextChoices):
    """A faith that a therapist shares, if they like to say so."""

    BUDDHIST = "buddhist", _("Buddhist")
    CHRISTIAN = "christian", _("Christian")
    HINDU = "hindu", _("Hindu")
    INDIGENOUS = "indigenous", _("Indigenous ways")
    JEWISH = "jewish", _("Jewish")
    MUSLIM = "muslim", _("Muslim")
    SIKH = "sikh", _("Sikh")
    NONE = "none", _("No faith")


class Access(models.TextChoices):
    """What makes a place, or a session, easier to come to."""

    STEP_FREE = "step_free", _("No steps to the door")
    LIFT = "lift", _("A lift")
    TOILET = "toilet", _("A toilet for wheelchairs")
    PARKING = "parking", _("Parking close by")
    TRANSIT = "transit", _("Close to bus or train")
    QUIET = "quiet", _("A quiet waiting place")
    SIGN = "sign", _("Sign language, or with an interpreter")
    CAPTIONS = "captions", _("Captions on video")
    CHILDREN = "children", _("A place for children to play")


# Currencies that a fee can be asked in, each with a smallest unit of a hundredth.
CURRENCIES = ("CAD", "USD", "GBP", "EUR", "AUD", "NZD", "CHF")
