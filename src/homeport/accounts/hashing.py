"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB in two passes on one lane: above OWASP's floor, and forty at once still fit a small machine."""

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1
