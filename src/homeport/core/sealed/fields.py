"""The fields themselves.

A field's value on an instance is one of three: what the database holds (:class:`Sealed`, until somebody reads it), the
open value, or nothing. Reading opens it once; saving seals it again only when it was opened or set.
"""

import base64
import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models.expressions import BaseExpression

from homeport.core.sealed.box import Sealed, SealedError, binding, seal, unseal

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = models.Field  # Django's own fields take no type parameters at run time

Value = TypeVar("Value")


class _Opening(Generic[Value]):
    """The attribute of a sealed field: opens what the database holds when somebody asks for it."""

    def __init__(self, field: "_SealedField[Value]") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, _owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            # The field was deferred: fetch the sealed value, then go on as usual.
            instance.refresh_from_db(fields=[name])
        held = instance.__dict__[name]
        if isinstance(held, Sealed):
            held = self.field.decode(unseal(held, bound=self.field.bound(instance)))
            instance.__dict__[name] = held
        return held

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class _SealedField(_Field, Generic[Value]):
    """What the text and the JSON field share. The model must have a ``key_scope``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("unique") or kwargs.get("db_index"):
            raise ValueError(
                "A sealed field can be neither unique nor indexed: equal words do not look equal."
            )
        super().__init__(*args, **kwargs)

    def encode(self, value: Value) -> bytes:
        """The open value as bytes."""
        raise NotImplementedError

    def decode(self, plain: bytes) -> Value:
        """The open value from its bytes."""
        raise NotImplementedError

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.attname, _Opening(self))

    def bound(self, instance: models.Model) -> bytes:
        """What this field's value in ``instance`` is tied to."""
        return binding(instance._meta.db_table, self.attname, instance.pk)

    def from_db_value(self, value: bytes | memoryview | None, *_args: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        held = model_instance.__dict__.get(self.attname)
        if held is None:
            return None
        if isinstance(held, Sealed):
            if add:
                raise SealedError(
                    "A sealed value belongs to its own row: read it before copying it to another."
                )
            return held
        scope = getattr(model_instance, "key_scope")  # noqa: B009 - every model with a sealed field has one
        return seal(self.encode(held), scope=scope, bound=self.bound(model_instance))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002
        if value is None or isinstance(value, BaseExpression):
            return value
        if not isinstance(value, Sealed):
            raise SealedError(f"{self.name} is sealed: set it on its instance and save that.")
        return connection.Database.Binary(bytes(value)) if connection.vendor != "postgresql" else bytes(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise SealedError(f"{self.name} is sealed: the database cannot search or compare it.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        held = obj.__dict__.get(self.attname)
        if held is not None and not isinstance(held, Sealed):
            raise SealedError(f"{self.name} is sealed: a dump holds it only as the database does.")
        return "" if held is None else base64.b64encode(held).decode()

    def to_python(self, value: Any) -> Any:
        return value


class SealedTextField(_SealedField[str]):
    """Words that people wrote."""

    def encode(self, value: str) -> bytes:
        if not isinstance(value, str):
            raise SealedError(f"{self.name} holds text, not {type(value).__name__}.")
        # Half a surrogate pair cannot be stored; it is kept readable instead of being refused with the whole text.
        return value.encode("utf-8", errors="replace")

    def decode(self, plain: bytes) -> str:
        return plain.decode("utf-8")


class SealedJSONField(_SealedField[Any]):
    """Answers and other small structures: anything that JSON can say."""

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(
            "utf-8", "replace"
        )

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain)
