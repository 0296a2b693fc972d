"""Data keys: one a scope, in a store of their own, wrapped by the installation's key set.

cipher(scope)        the cipher to seal with, made on first use
cipher_by_id(id)     the cipher that sealed a value
warm(ids)            open many keys in one query; says which were destroyed
destroy(scope)       make everything sealed under the scope unreadable
begin_anew(scope)    a new key for somebody who comes back after that
rewrap()             wrap again what an older wrapping key wrapped
"""

from homeport.core.keys.store import (
    KeyGone,
    begin_anew,
    cipher,
    cipher_by_id,
    destroy,
    rewrap,
    scopes_under,
    warm,
)

__all__ = ["KeyGone", "begin_anew", "cipher", "cipher_by_id", "destroy", "rewrap", "scopes_under", "warm"]
