"""Fields whose words the database cannot read.

A value is sealed with the data key of its row's scope and bound to table, column and row: moved elsewhere it does not
open. It opens through its instance only; a query that would write or compare it in bulk is refused.
"""

from homeport.core.sealed.box import SealedError
from homeport.core.sealed.fields import SealedJSONField, SealedTextField

__all__ = ["SealedError", "SealedJSONField", "SealedTextField"]
