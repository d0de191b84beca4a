"""What readers say is wrong: kept, brought to a person, answered in time, and forgotten.

In: what a reader filled in, what a person decides of it. Out: reports with their terms, calls to
a person, the disclosure of a month. Not its business: the form, who may send it and how often
(the web room's), and whether a story is changed: no report does that by itself.
"""

from copytaster.newsroom.reporting._desk import ReportDesk
from copytaster.newsroom.reporting._disclosure import Disclosed
from copytaster.newsroom.reporting._disclosure import disclosure
from copytaster.newsroom.reporting._disclosure import span
from copytaster.newsroom.reporting._watch import watch

__all__ = ["Disclosed", "ReportDesk", "disclosure", "span", "watch"]
