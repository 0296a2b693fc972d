"""What can be done to material, in the words that a person reads in "who looked at my record"."""

from django.db import models


class Verb(models.TextChoices):
    """One kind of act."""

    READ = "read", "read"
    LIST = "list", "saw in a list"
    CREATE = "create", "wrote"
    CHANGE = "change", "changed"
    RELEASE = "release", "released"
    SHARE = "share", "shared"
    WITHDRAW = "withdraw", "took back"
    SIGN = "sign", "signed"
    EXPORT = "export", "exported"
    ERASE = "erase", "erased"
    GRANT = "grant", "gave a role or a right"
    REVOKE = "revoke", "took away a role or a right"
    BREAK_GLASS = "break_glass", "opened in an emergency"
    REFUSED = "refused", "was refused"
    SIGN_IN = "sign_in", "signed in"
    SIGN_OUT = "sign_out", "signed out"
    SETTING = "setting", "changed a setting"
