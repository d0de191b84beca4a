"""What is kept: the only memory of the desk.

In: deliveries, story changes, receipts. Out: the same, as they were kept. Every engine
implements :class:`Store` and passes ``tests/store/contract.py``. Not its business: what a
change means; it keeps what the newsroom decided.
"""

from copytaster.store._call_port import Call
from copytaster.store._call_port import CallStore
from copytaster.store._call_port import OwedCall
from copytaster.store._delivery_port import Came
from copytaster.store._delivery_port import DeadLetter
from copytaster.store._delivery_port import Dismissal
from copytaster.store._delivery_port import Fate
from copytaster.store._delivery_port import FateState
from copytaster.store._delivery_port import Taken
from copytaster.store._erasure_port import Destroyed
from copytaster.store._erasure_port import Erasure
from copytaster.store._erasure_port import ErasureStore
from copytaster.store._erasure_port import is_erased
from copytaster.store._erasure_rows import ERASURE_KEY
from copytaster.store._errors import Full
from copytaster.store._errors import LastAdmin
from copytaster.store._errors import Locked
from copytaster.store._errors import Moved
from copytaster.store._errors import StoreError
from copytaster.store._errors import Unfit
from copytaster.store._figure_port import Count
from copytaster.store._figure_port import Dated
from copytaster.store._figure_port import DrillFigures
from copytaster.store._figure_port import FigureStore
from copytaster.store._figure_port import KillFigures
from copytaster.store._list_port import Correction
from copytaster.store._list_port import Listed
from copytaster.store._list_port import ListQuery
from copytaster.store._list_port import Mapped
from copytaster.store._list_port import Said
from copytaster.store._list_port import SearchQuery
from copytaster.store._list_port import SitemapPart
from copytaster.store._log_port import ControlDraft
from copytaster.store._log_port import DayCount
from copytaster.store._log_port import Leaf
from copytaster.store._log_port import LeafDraft
from copytaster.store._log_port import LogStore
from copytaster.store._log_port import Opening
from copytaster.store._name_port import Called
from copytaster.store._name_port import Seeking
from copytaster.store._name_port import Sought
from copytaster.store._outbox import Acknowledgement
from copytaster.store._outbox import Outbox
from copytaster.store._patrol import Noted
from copytaster.store._people_port import Deed
from copytaster.store._people_port import Invitation
from copytaster.store._people_port import PeopleStore
from copytaster.store._people_port import Person
from copytaster.store._people_port import Session
from copytaster.store._people_port import Token
from copytaster.store._picture_port import Picture
from copytaster.store._picture_port import PictureKill
from copytaster.store._picture_port import PictureRendition
from copytaster.store._picture_port import PictureState
from copytaster.store._picture_port import PictureStore
from copytaster.store._picture_port import PictureWords
from copytaster.store._picture_port import StoryPicture
from copytaster.store._port import Store
from copytaster.store._preset_port import Preset
from copytaster.store._preset_port import PresetStore
from copytaster.store._press_port import PressWork
from copytaster.store._press_port import Receipt
from copytaster.store._press_port import WorkKind
from copytaster.store._recall_port import Batch
from copytaster.store._recall_port import BatchProgress
from copytaster.store._recall_port import Past
from copytaster.store._recall_port import Reach
from copytaster.store._remark_port import Margin
from copytaster.store._remark_port import Remark
from copytaster.store._remark_port import RemarkKind
from copytaster.store._remark_port import RemarkStore
from copytaster.store._report_port import Report
from copytaster.store._report_port import ReportCall
from copytaster.store._report_port import ReportFate
from copytaster.store._report_port import ReportKind
from copytaster.store._report_port import ReportState
from copytaster.store._report_port import ReportStore
from copytaster.store._story_port import Edition
from copytaster.store._story_port import Event
from copytaster.store._story_port import EventKind
from copytaster.store._story_port import Face
from copytaster.store._story_port import Filing
from copytaster.store._story_port import History
from copytaster.store._story_port import Judged
from copytaster.store._story_port import Link
from copytaster.store._story_port import Story
from copytaster.store._story_port import StoryChange
from copytaster.store._story_port import Twin
from copytaster.store._told_port import Told
from copytaster.store._told_port import ToldStore
from copytaster.store._told_port import facts_of
from copytaster.store._twin_port import TwinStore
from copytaster.store._window_port import Alike
from copytaster.store._window_port import Shingled
from copytaster.store._window_port import WindowStore
from copytaster.store._wire_port import Wired
from copytaster.store._wire_port import WireStore
from copytaster.store.lock import FolderLock
from copytaster.store.lock import lock_folder
from copytaster.store.restore import RESTORED_FILE
from copytaster.store.restore import RESTORED_SETTING
from copytaster.store.restore import restore
from copytaster.store.sqlite import STORE_FILE
from copytaster.store.sqlite import open_sqlite

__all__ = [
    "ERASURE_KEY",
    "RESTORED_FILE",
    "RESTORED_SETTING",
    "STORE_FILE",
    "Acknowledgement",
    "Alike",
    "Batch",
    "BatchProgress",
    "Call",
    "CallStore",
    "Called",
    "Came",
    "ControlDraft",
    "Correction",
    "Count",
    "Dated",
    "DayCount",
    "DeadLetter",
    "Deed",
    "Destroyed",
    "Dismissal",
    "DrillFigures",
    "Edition",
    "Erasure",
    "ErasureStore",
    "Event",
    "EventKind",
    "Face",
    "Fate",
    "FateState",
    "FigureStore",
    "Filing",
    "FolderLock",
    "Full",
    "History",
    "Invitation",
    "Judged",
    "KillFigures",
    "LastAdmin",
    "Leaf",
    "LeafDraft",
    "Link",
    "ListQuery",
    "Listed",
    "Locked",
    "LogStore",
    "Mapped",
    "Margin",
    "Moved",
    "Noted",
    "Opening",
    "Outbox",
    "OwedCall",
    "Past",
    "PeopleStore",
    "Person",
    "Picture",
    "PictureKill",
    "PictureRendition",
    "PictureState",
    "PictureStore",
    "PictureWords",
    "Preset",
    "PresetStore",
    "PressWork",
    "Reach",
    "Receipt",
    "Remark",
    "RemarkKind",
    "RemarkStore",
    "Report",
    "ReportCall",
    "ReportFate",
    "ReportKind",
    "ReportState",
    "ReportStore",
    "Said",
    "SearchQuery",
    "Seeking",
    "Session",
    "Shingled",
    "SitemapPart",
    "Sought",
    "Store",
    "StoreError",
    "Story",
    "StoryChange",
    "StoryPicture",
    "Taken",
    "Token",
    "Told",
    "ToldStore",
    "Twin",
    "TwinStore",
    "Unfit",
    "WindowStore",
    "WireStore",
    "Wired",
    "WorkKind",
    "facts_of",
    "is_erased",
    "lock_folder",
    "open_sqlite",
    "restore",
]
