"""The tables of this room."""

from homeport.safety.models.alert import Alert
from homeport.safety.models.alert_notice import AlertNotice
from homeport.safety.models.first_meeting import FirstMeeting
from homeport.safety.models.reading_hours import ReadingHours
from homeport.safety.models.triage import TriageRecord
from homeport.safety.models.violence_screen import ViolenceScreen

__all__ = ["Alert", "AlertNotice", "FirstMeeting", "ReadingHours", "TriageRecord", "ViolenceScreen"]
