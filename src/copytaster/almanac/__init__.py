"""How days are written: names of months and weekdays by language, and human date lines.

A leaf. In: text, and what a profile allows of zones. Out: days and moments with their place in
the text. A day is only what is written; whatever year or zone is missing stays missing here.
"""

from copytaster.almanac._calendar import Calendar
from copytaster.almanac._calendar import calendar
from copytaster.almanac._calendar import languages
from copytaster.almanac._written import EDGE
from copytaster.almanac._written import STAMP
from copytaster.almanac._written import START
from copytaster.almanac._written import Parts
from copytaster.almanac._written import dates
from copytaster.almanac._written import either
from copytaster.almanac._written import grammar
from copytaster.almanac._written import moment
from copytaster.almanac._written import parts

__all__ = [
    "EDGE",
    "STAMP",
    "START",
    "Calendar",
    "Parts",
    "calendar",
    "dates",
    "either",
    "grammar",
    "languages",
    "moment",
    "parts",
]
