"""The tables of this room."""

from homeport.audit.models.audit_event import AuditEvent
from homeport.audit.models.audit_link import AuditLink

__all__ = ["AuditEvent", "AuditLink"]
