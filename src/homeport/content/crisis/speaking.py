"""Whether a few words that someone typed speak of danger.

Only used to show its author where a person can be reached. It would rather say yes once too often: the price of a false
yes is one line on a page. Nothing is kept, and nobody is told.
"""

import re

_APOSTROPHES = str.maketrans("", "", "'’")
_GAPS = re.compile(r"[\W_]+")
# Each in lower case, without apostrophes, words apart by one space.
_SELF = r"(?:my ?self|him ?self|her ?self|them ?self|them ?selves|me|us)"
_SOMEONE = r"(?:me|us|him|her|my \w+|the (?:kids?|children|baby))"
_SPOKEN = (
    r"suicid\w*",
    r"overdos\w*",
    r"self ?(?:harm|injur|hurt)\w*",
    rf"(?:hang|drown|shoot|poison|burn|cut|hurt|harm)(?:s|ing|ting)? {_SELF}",
    r"(?:want|wants|wanted|wish|wishing|wanna|going|ready|plan|planning|rather|wants me)(?: \w+){0,3} (?:die|dead|dying)",
    r"better off (?:dead|without me)",
    r"(?:end|ending|take|taking) (?:it all|(?:my|her|his)(?: own)? life)",
    r"(?:no reason|no point|dont want|do not want)(?: \w+){0,2} (?:live|living|life|be here|wake up|exist|alive)",
    r"(?:cant|cannot|can not) (?:go on|live any ?more|do this any ?more|take (?:it|this) any ?more)",
    r"kill(?:s|ed|er|ing)?|murder\w*|stab(?:s|bed|bing)?|chok(?:e|es|ed|ing)|strangl\w+|threaten\w*|stalk(?:s|ed|er|ing)?",
    r"rap(?:e|es|ed|ing|ist)|molest\w*|grop(?:e|es|ed|ing)|incest\w*|assault\w*|violen(?:t|ce|tly)|abus(?:e|es|ed|er|ers|ing|ive)",
    r"(?:hit|hits|hitting|beat|beats|beating|punche?[sd]?|kick(?:s|ed)?|slap(?:s|ped)?|force[sd]?|lock(?:s|ed)|touche[sd]|hurts)"
    rf"(?: up)? {_SOMEONE}",
    r"beaten|(?:being|been|was|get|getting|got|gets) (?:hit|slapped|punched|kicked|forced)",
    r"(?:scared|afraid|frightened|terrified) (?:of (?:him|her|them|my \w+|going home)|to go home|at home)",
    r"(?:not|dont feel|do not feel|never) safe|unsafe|in danger",
)
_DANGER = re.compile(rf"\b(?:{'|'.join(_SPOKEN)})\b")


def speaks_of_danger(text: str) -> bool:
    """True where words of suicide, self-harm, violence or abuse stand in ``text``."""
    return _DANGER.search(_GAPS.sub(" ", text.lower().translate(_APOSTROPHES))) is not None
