"""What editors see: pages of the desk from facts, as bytes.

In: who is looking (:class:`Seat`), and what the newsroom knows. Out: finished pages, and the few
files they lean on. Pure: no clock, no store, no network; like ``press`` for readers. Not its
business: who may see what (``web.desk``), what an order does (``newsroom``), and how readers' pages
look.
"""

from copytaster.copydesk._able import ORDERS
from copytaster.copydesk._assets import asset_path
from copytaster.copydesk._assets import assets
from copytaster.copydesk._frame import Frame
from copytaster.copydesk._health import Health
from copytaster.copydesk._health import Ringing
from copytaster.copydesk._health import SourceHealth
from copytaster.copydesk._health import health
from copytaster.copydesk._letters import SHOWN as LETTERS_SHOWN
from copytaster.copydesk._letters import letters
from copytaster.copydesk._people import ROLES
from copytaster.copydesk._people import Browser
from copytaster.copydesk._people import Filled
from copytaster.copydesk._people import Line
from copytaster.copydesk._people import Link
from copytaster.copydesk._people import Member
from copytaster.copydesk._people import Program
from copytaster.copydesk._people import Sought
from copytaster.copydesk._people import join
from copytaster.copydesk._people import me
from copytaster.copydesk._people import people
from copytaster.copydesk._people import person
from copytaster.copydesk._people import person_path
from copytaster.copydesk._people import sign_in
from copytaster.copydesk._people import trail
from copytaster.copydesk._plain import said
from copytaster.copydesk._proofs import DayCount
from copytaster.copydesk._proofs import Drilled
from copytaster.copydesk._proofs import Killed
from copytaster.copydesk._proofs import Proofs
from copytaster.copydesk._proofs import proofs
from copytaster.copydesk._recall import Look
from copytaster.copydesk._recall import Sample
from copytaster.copydesk._recall import batch
from copytaster.copydesk._recall import look
from copytaster.copydesk._recall import recalls
from copytaster.copydesk._rules import PERIODS
from copytaster.copydesk._rules import RULES
from copytaster.copydesk._rules import USUAL_PERIOD
from copytaster.copydesk._rules import Counted
from copytaster.copydesk._rules import HouseRule
from copytaster.copydesk._rules import Moved
from copytaster.copydesk._rules import Proposal
from copytaster.copydesk._rules import RuleFault
from copytaster.copydesk._rules import RulesBook
from copytaster.copydesk._rules import RulesDraft
from copytaster.copydesk._rules import RulesWrong
from copytaster.copydesk._rules import Tried
from copytaster.copydesk._rules import rule_form
from copytaster.copydesk._rules import rules
from copytaster.copydesk._rules import rules_draft
from copytaster.copydesk._rules import rules_file
from copytaster.copydesk._search import Answers
from copytaster.copydesk._search import Fault
from copytaster.copydesk._search import Saved
from copytaster.copydesk._search import search
from copytaster.copydesk._search import ticker
from copytaster.copydesk._seat import Deed
from copytaster.copydesk._seat import Role
from copytaster.copydesk._seat import Seat
from copytaster.copydesk._several import Candidate
from copytaster.copydesk._several import Form
from copytaster.copydesk._several import Outcome
from copytaster.copydesk._several import several
from copytaster.copydesk._several import several_done
from copytaster.copydesk._source import Rhythm
from copytaster.copydesk._source import SourcePage
from copytaster.copydesk._source import Span
from copytaster.copydesk._source import Tallied
from copytaster.copydesk._source import source
from copytaster.copydesk._story import CAUSES
from copytaster.copydesk._story import Asked
from copytaster.copydesk._story import Between
from copytaster.copydesk._story import Other
from copytaster.copydesk._story import Pane
from copytaster.copydesk._story import Remarked
from copytaster.copydesk._story import Said
from copytaster.copydesk._story import Version
from copytaster.copydesk._story import story
from copytaster.copydesk._wire import Listing
from copytaster.copydesk._wire import Row
from copytaster.copydesk._wire import Waiting
from copytaster.copydesk._wire import queue
from copytaster.copydesk._wire import row
from copytaster.copydesk._wire import wire
from copytaster.copydesk._wrong import Wrong

__all__ = [
    "CAUSES",
    "LETTERS_SHOWN",
    "ORDERS",
    "PERIODS",
    "ROLES",
    "RULES",
    "USUAL_PERIOD",
    "Answers",
    "Asked",
    "Between",
    "Browser",
    "Candidate",
    "Counted",
    "DayCount",
    "Deed",
    "Drilled",
    "Fault",
    "Filled",
    "Form",
    "Frame",
    "Health",
    "HouseRule",
    "Killed",
    "Line",
    "Link",
    "Listing",
    "Look",
    "Member",
    "Moved",
    "Other",
    "Outcome",
    "Pane",
    "Program",
    "Proofs",
    "Proposal",
    "Remarked",
    "Rhythm",
    "Ringing",
    "Role",
    "Row",
    "RuleFault",
    "RulesBook",
    "RulesDraft",
    "RulesWrong",
    "Said",
    "Sample",
    "Saved",
    "Seat",
    "Sought",
    "SourceHealth",
    "SourcePage",
    "Span",
    "Tallied",
    "Tried",
    "Version",
    "Waiting",
    "Wrong",
    "asset_path",
    "assets",
    "batch",
    "health",
    "join",
    "letters",
    "look",
    "me",
    "people",
    "person",
    "person_path",
    "proofs",
    "queue",
    "recalls",
    "row",
    "rule_form",
    "rules",
    "rules_draft",
    "rules_file",
    "said",
    "search",
    "several",
    "several_done",
    "sign_in",
    "source",
    "story",
    "ticker",
    "trail",
    "wire",
]
