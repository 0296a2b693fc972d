"""The visitor's journey: age band, whom to think of, one question a screen, a result that nobody keeps.

Everything here is a pure function of the state that travels in the page (see ``state``). Only two things
touch the database: reading an installed wording, and the one service a visitor may choose to call (giving
answers).
"""
