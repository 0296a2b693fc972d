"""Roles and relationships, and the one answer to "may this person see or do this, and which rows?".

table.py      who may see what, as a clinician reads it
standing.py   what a person is to everybody else, in one query
decide.py     the answer for one row
rows.py       the answer for many: which rows
gate.py       how views reach rows
"""
