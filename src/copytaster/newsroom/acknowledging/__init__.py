"""Telling an agency that the withdrawal it asked for was carried out, and seen to be.

In: a withdrawal that was seen clean everywhere. Out: one letter or one signed post to the
agency, where its profile asks for it, with the times and nothing of the story's words. What is
owed is kept with the proof; sending has threads of its own and delays nothing. Not its business:
whether a story is withdrawn, and whether it is clean.
"""

from copytaster.newsroom.acknowledging._owing import owe
from copytaster.newsroom.acknowledging._sender import Acknowledging
from copytaster.newsroom.acknowledging._told import outcome
from copytaster.newsroom.acknowledging._told import told
from copytaster.newsroom.acknowledging._ways import faults
from copytaster.newsroom.acknowledging._ways import ways

__all__ = ["Acknowledging", "faults", "outcome", "owe", "told", "ways"]
