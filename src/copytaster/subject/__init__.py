"""Subjects: the codes that agencies give their copy, and the Media Topics these codes mean.

A leaf. In: an item's subjects, and the tables that say what a code means (what IPTC states of its
old Subject Codes, what a profile states of its agency's own codes). Out: each subject with its
Media Topic, how the code stands to it, and which table in which version says so. Nothing is looked
up by its words, and nothing is guessed: a code that no table knows stays what it was.
"""

from copytaster.subject._code import MEDIA_TOPICS
from copytaster.subject._code import SUBJECT_CODES
from copytaster.subject._code import Code
from copytaster.subject._code import code_named
from copytaster.subject._code import code_of
from copytaster.subject._export import ExportError
from copytaster.subject._export import read
from copytaster.subject._mappings import TOP_TERMS
from copytaster.subject._mappings import Kind
from copytaster.subject._mappings import Link
from copytaster.subject._mappings import Mappings
from copytaster.subject._mappings import Table
from copytaster.subject._told import MOST
from copytaster.subject._told import Subject
from copytaster.subject._told import mapped
from copytaster.subject._told import told

__all__ = [
    "MEDIA_TOPICS",
    "MOST",
    "SUBJECT_CODES",
    "TOP_TERMS",
    "Code",
    "ExportError",
    "Kind",
    "Link",
    "Mappings",
    "Subject",
    "Table",
    "code_named",
    "code_of",
    "mapped",
    "read",
    "told",
]
