"""A verdict → an edition: page, text, ninjs, list entries; and the word-for-word gate.

In: :class:`Facts` about one story (its current item, times, history) and the :class:`Site`.
Out: finished bytes, which have passed the gate or come with its faults. Pure: templates
are package data, the clock is in the facts. Not its business: whether something may be
public, or where bytes go.
"""

from copytaster.press._api import ApiChange
from copytaster.press._api import ApiChanges
from copytaster.press._api import ApiDescription
from copytaster.press._api import ApiEdition
from copytaster.press._api import ApiEditions
from copytaster.press._api import ApiFault
from copytaster.press._api import ApiNinjs
from copytaster.press._api import ApiStories
from copytaster.press._api import ApiStory
from copytaster.press._api import api_change
from copytaster.press._api import api_edition
from copytaster.press._api import api_story
from copytaster.press._api import story_url
from copytaster.press._apps import apple_app_site_association
from copytaster.press._apps import assetlinks
from copytaster.press._chrome import POLICIES
from copytaster.press._chrome import policy_path
from copytaster.press._corrections import changes
from copytaster.press._corrections import correction_in_feeds
from copytaster.press._corrections import corrections
from copytaster.press._corrections import corrections_title
from copytaster.press._corrections import story_changes
from copytaster.press._edition import edition
from copytaster.press._entries import decode_entry
from copytaster.press._entries import encode_entry
from copytaster.press._entries import in_feeds
from copytaster.press._entries import indexing_of
from copytaster.press._feeds import atom
from copytaster.press._feeds import json_feed
from copytaster.press._feeds import rss
from copytaster.press._front import front
from copytaster.press._house import error_page
from copytaster.press._house import not_found
from copytaster.press._icons import favicon
from copytaster.press._icons import icon_files
from copytaster.press._icons import icon_path
from copytaster.press._icons import manifest
from copytaster.press._notice import notice
from copytaster.press._policies import about_automation
from copytaster.press._policies import policy_page
from copytaster.press._report import REPORT_KINDS
from copytaster.press._report import REPORT_LIMITS
from copytaster.press._report import Reported
from copytaster.press._report import ReportForm
from copytaster.press._report import ReportReceipt
from copytaster.press._report import report_form
from copytaster.press._report import report_receipt
from copytaster.press._search import Found
from copytaster.press._search import SearchForm
from copytaster.press._search import search
from copytaster.press._sections import section_name
from copytaster.press._sections import section_path
from copytaster.press._sections import shelf_kind
from copytaster.press._sitemaps import in_sitemap
from copytaster.press._sitemaps import news_sitemap
from copytaster.press._sitemaps import sitemap_index
from copytaster.press._sitemaps import sitemap_part
from copytaster.press._sitemaps import sitemap_path
from copytaster.press._templates import TRANSFORM
from copytaster.press._templates import TRANSFORM_SHA256
from copytaster.press._templates import assets
from copytaster.press._templates import stylesheet
from copytaster.press._templates import template
from copytaster.press._templates import template_faults
from copytaster.press._templates import template_names
from copytaster.press._templates import template_version
from copytaster.press._theme import BARE
from copytaster.press._theme import SLOTS
from copytaster.press._theme import Theme
from copytaster.press._theme import theme
from copytaster.press._told import language_of
from copytaster.press._types import App
from copytaster.press._types import Beside
from copytaster.press._types import Change
from copytaster.press._types import Changes
from copytaster.press._types import CorrectionFacts
from copytaster.press._types import CorrectionLine
from copytaster.press._types import Entry
from copytaster.press._types import Extent
from copytaster.press._types import Facts
from copytaster.press._types import FeedLine
from copytaster.press._types import Icon
from copytaster.press._types import NoticeFacts
from copytaster.press._types import NoticeFiles
from copytaster.press._types import NoticeKind
from copytaster.press._types import Officer
from copytaster.press._types import Picture
from copytaster.press._types import PictureFile
from copytaster.press._types import Pressed
from copytaster.press._types import Quoted
from copytaster.press._types import Reporting
from copytaster.press._types import Site
from copytaster.press._types import Statement
from copytaster.press._types import Uses
from copytaster.press._uses import robots
from copytaster.press._uses import shared
from copytaster.press._uses import stricter
from copytaster.press._uses import tdmrep
from copytaster.press._uses import trust
from copytaster.press._uses import usage_headers
from copytaster.press._verify import verify_page
from copytaster.press._verify import verify_path
from copytaster.press._vocabulary import WordsError
from copytaster.press._vocabulary import vocabulary
from copytaster.press._wellknown import opensearch
from copytaster.press._wellknown import security
from copytaster.press._words import Vocabulary

__all__ = [
    "BARE",
    "POLICIES",
    "REPORT_KINDS",
    "REPORT_LIMITS",
    "SLOTS",
    "TRANSFORM",
    "TRANSFORM_SHA256",
    "ApiChange",
    "ApiChanges",
    "ApiDescription",
    "ApiEdition",
    "ApiEditions",
    "ApiFault",
    "ApiNinjs",
    "ApiStories",
    "ApiStory",
    "App",
    "Beside",
    "Change",
    "Changes",
    "CorrectionFacts",
    "CorrectionLine",
    "Entry",
    "Extent",
    "Facts",
    "FeedLine",
    "Found",
    "Icon",
    "NoticeFacts",
    "NoticeFiles",
    "NoticeKind",
    "Officer",
    "Picture",
    "PictureFile",
    "Pressed",
    "Quoted",
    "ReportForm",
    "ReportReceipt",
    "Reported",
    "Reporting",
    "SearchForm",
    "Site",
    "Statement",
    "Theme",
    "Uses",
    "Vocabulary",
    "WordsError",
    "about_automation",
    "api_change",
    "api_edition",
    "api_story",
    "apple_app_site_association",
    "assetlinks",
    "assets",
    "atom",
    "changes",
    "correction_in_feeds",
    "corrections",
    "corrections_title",
    "decode_entry",
    "edition",
    "encode_entry",
    "error_page",
    "favicon",
    "front",
    "icon_files",
    "icon_path",
    "in_feeds",
    "in_sitemap",
    "indexing_of",
    "json_feed",
    "language_of",
    "manifest",
    "news_sitemap",
    "not_found",
    "notice",
    "opensearch",
    "policy_page",
    "policy_path",
    "report_form",
    "report_receipt",
    "robots",
    "rss",
    "search",
    "section_name",
    "section_path",
    "security",
    "shared",
    "shelf_kind",
    "sitemap_index",
    "sitemap_part",
    "sitemap_path",
    "story_changes",
    "story_url",
    "stricter",
    "stylesheet",
    "tdmrep",
    "template",
    "template_faults",
    "template_names",
    "template_version",
    "theme",
    "trust",
    "usage_headers",
    "verify_page",
    "verify_path",
    "vocabulary",
]
