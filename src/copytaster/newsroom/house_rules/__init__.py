"""House rules at work on one desk: read from their file, asked of what arrives, tried on what did.

What a rule is, and what rules say of a version, is the room ``rules``' business; here is when a
version is asked, how its hold is kept, whom that calls, and what happens when the file changes or
breaks. A rule acts once, on a version as it arrives (docs/decisions/0017).
"""

from copytaster.newsroom.house_rules._backtest import DOUBTFUL
from copytaster.newsroom.house_rules._backtest import TOO_MUCH
from copytaster.newsroom.house_rules._backtest import Backtest
from copytaster.newsroom.house_rules._backtest import Outcome
from copytaster.newsroom.house_rules._backtest import backtest
from copytaster.newsroom.house_rules._calling import RULE_MATCHED
from copytaster.newsroom.house_rules._calling import RuleCalls
from copytaster.newsroom.house_rules._file import FileChanged
from copytaster.newsroom.house_rules._file import Standing
from copytaster.newsroom.house_rules._force import HouseRules
from copytaster.newsroom.house_rules._force import current
from copytaster.newsroom.house_rules._force import load
from copytaster.newsroom.house_rules._force import place
from copytaster.newsroom.house_rules._lately import HOURS
from copytaster.newsroom.house_rules._trials import Trial
from copytaster.newsroom.house_rules._trials import keep_trials
from copytaster.newsroom.house_rules._trials import record
from copytaster.newsroom.house_rules._trials import trials
from copytaster.newsroom.house_rules._versions import HOUSE_RULE
from copytaster.newsroom.house_rules._versions import Match
from copytaster.newsroom.house_rules._versions import asked

__all__ = [
    "DOUBTFUL",
    "HOURS",
    "HOUSE_RULE",
    "RULE_MATCHED",
    "TOO_MUCH",
    "Backtest",
    "FileChanged",
    "HouseRules",
    "Match",
    "Outcome",
    "RuleCalls",
    "Standing",
    "Trial",
    "asked",
    "backtest",
    "current",
    "keep_trials",
    "load",
    "place",
    "record",
    "trials",
]
