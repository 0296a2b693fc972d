"""A sign-in. Who the human being is, the room `people` knows."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from homeport.core.clock import now
from homeport.core.ids import new_id


def _user_id() -> UUID:
    return new_id("users")


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept as typed and compared without regard to case."""

    def create_user(self, email: str, password: str | None = None) -> "User":
        """A user who signs in with ``email``; without a password they must set one or use a passkey."""
        user = self.model(email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One way in: an e-mail address with a password, passkeys or both."""

    id = models.UUIDField(primary_key=True, default=_user_id, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)
    # Part of what every session is bound to (see below): raising it signs out everywhere.
    session_epoch = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_an_address")]

    def __str__(self) -> str:
        # Never the address: this may end in a log line.
        return f"user {self.id}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is bound to: it ends when the password changes or the epoch is raised."""
        bound = f"{self.password}:{self.session_epoch}"
        return salted_hmac("homeport.accounts.session", bound, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, _permission: str, _row: object = None) -> bool:
        """No rights hang on the user: see ``homeport.access``."""
        return False
