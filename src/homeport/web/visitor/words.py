"""The type of a sentence that is translated when it is shown."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words
else:
    Words = object  # the class exists in Django's type stubs alone

__all__ = ["Words"]
