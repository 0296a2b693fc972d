"""Availability, occupancy, appointments, reminders."""
