"""Calendar files: what goes into other people's calendars, and when theirs are busy. No database here."""
