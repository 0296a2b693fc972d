"""Passwords are hashed with Argon2, as strongly as we say."""

from django.contrib.auth.hashers import check_password, identify_hasher, make_password


def test_a_password_is_hashed_with_argon2id() -> None:
    kept = make_password("seven quiet herons wade")
    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert check_password("seven quiet herons wade", kept)
    assert not check_password("seven quiet herons wait", kept)


def test_a_weaker_hash_is_made_anew_at_the_next_sign_in() -> None:
    weak = "argon2$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$J3uUw2V6AvZSfyQV0fkHUg"
    assert identify_hasher(weak).must_update(weak)
