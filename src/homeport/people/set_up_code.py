"""What only somebody at the machine knows: so that no stranger takes a fresh installation over."""

import base64
import re

from django.utils.crypto import constant_time_compare, salted_hmac

LENGTH = 12


def set_up_code() -> str:
    """The installation's code, as `homeport serve` prints it: 60 bits, in three groups of four letters and digits."""
    digest = salted_hmac("homeport.people.set-up", "", algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode()[:LENGTH]
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def is_set_up_code(typed: str) -> bool:
    """Whether that is the code, however somebody wrote it."""
    plain = re.sub(r"[^A-Z2-7]", "", typed.upper())
    return constant_time_compare(plain, set_up_code().replace("-", ""))
