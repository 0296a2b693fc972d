"""Answers in files: reading tables of any size, scoring them row by row, replaying and calibrating from them.

Needs the extra ``science`` (pyarrow; mirt for calibration). Nothing here holds more than a batch of rows, except what
must see everybody at once: the replay and the calibration.
"""
