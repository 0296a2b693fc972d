"""The tables of this room."""

from homeport.scheduling.models.appointment import Appointment, AppointmentPerson, CoTherapist
from homeport.scheduling.models.availability import Away, Extra, Pattern
from homeport.scheduling.models.booking_rules import BookingRules
from homeport.scheduling.models.busy import BusyFeed, BusyTime
from homeport.scheduling.models.calendar_feed import CalendarFeed
from homeport.scheduling.models.group import Group
from homeport.scheduling.models.occupancy import Hold, Occupancy
from homeport.scheduling.models.offering import Offering
from homeport.scheduling.models.place import Access, Place, Room, Travel
from homeport.scheduling.models.reminder_times import ReminderTimes
from homeport.scheduling.models.series import Series
from homeport.scheduling.models.waiting import Waiting

__all__ = [
    "Access",
    "Appointment",
    "AppointmentPerson",
    "Away",
    "BookingRules",
    "BusyFeed",
    "BusyTime",
    "CalendarFeed",
    "CoTherapist",
    "Extra",
    "Group",
    "Hold",
    "Occupancy",
    "Offering",
    "Pattern",
    "Place",
    "ReminderTimes",
    "Room",
    "Series",
    "Travel",
    "Waiting",
]
