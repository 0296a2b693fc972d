"""The demo practice: made-up people with half a year of history, made through the services.

It lives in a database of its own, on this machine alone, and is marked on every page. The sign-in by one click is part
of the address table only while ``settings.DEMO`` holds.
"""
