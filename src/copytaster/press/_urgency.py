"""How urgent a story is, as a newspaper shows it.

IPTC's urgency: 1 is the most urgent, 5 the usual, 8 the least; 9 is the house's own, 0 none
(http://cv.iptc.org/newscodes/urgency). Agencies send a flash as 1 and a bulletin as 2; what is
between 3 and 8 they tell apart each in their own way, so it weighs nothing here.
"""

from copytaster.press._words import Tongue

_FLASH = 1
_URGENT = 2


def rank(urgency: int | None) -> int:
    """0 for a flash, 1 for what is urgent, 2 for everything else."""
    return {_FLASH: 0, _URGENT: 1}.get(urgency or 0, 2)


def alarm(urgency: int | None, spoken: Tongue) -> str | None:
    """The word over the headline; None for ordinary copy."""
    words = spoken.words.fronts
    return (words.flash, words.urgent, None)[rank(urgency)]
