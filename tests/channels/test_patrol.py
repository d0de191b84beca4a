"""What an address must show, and what is said of one that shows something else."""

import json

import msgspec
import pytest

from copytaster.channels import Marks
from copytaster.channels import Surface
from copytaster.channels.patrol import Expected
from copytaster.channels.patrol import Words
from copytaster.channels.patrol import compare
from copytaster.channels.patrol import compare_list
from copytaster.channels.patrol import differs
from copytaster.channels.patrol import digest
from copytaster.channels.patrol import lists
from copytaster.channels.patrol import named
from copytaster.finding import Severity

HEADLINE = "Ferry to Vester runs again"
TEXT = "The ferry left at seven.\n\nIt was full.\n"
WORDS = Words(headline=HEADLINE, byline="Ada Quay", texts=frozenset({digest(TEXT.encode())}))
STORY, OTHER, THIRD = "0123456789abcdef", "0123456789abcdeg", "0123456789abcdeh"
MARKS = Marks(story=STORY, words=(b"Ferry to Vester runs again",))


def page(
    headline: str = HEADLINE, byline: str = "Ada Quay", text: str = TEXT, more: str = ""
) -> bytes:
    blocks = "".join(f"<p>{block}</p>" for block in text.strip().split("\n\n"))
    return (
        f"<!doctype html><h1 data-copy=headline>{headline}</h1>"
        f"<span data-copy=byline>{byline}</span><div data-copy=body>{blocks}</div>{more}"
    ).encode()


def ninjs(**said: object) -> bytes:
    given = {
        "headlines": [{"role": "main", "value": HEADLINE}],
        "by": "Ada Quay",
        "bodies": [{"role": "main", "value": TEXT}, {"role": "richtext", "value": "<p>"}],
    }
    return json.dumps(given | said).encode()


def live(form: str = "page", **facts: object) -> Expected:
    given = {"address": f"/s/{STORY}", "status": 200, "words": WORDS}
    return Expected(form=form, **(given | facts))


def gone(**facts: object) -> Expected:
    given = {"address": f"/s/{STORY}", "form": "page", "status": 410, "marks": MARKS}
    return Expected(**(given | facts))


def faults(
    expected: Expected, status: int, body: bytes, **headers: str
) -> list[tuple[str, Severity]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return [(one.code, one.severity) for one in compare(expected, status, named, body)]


# --- live stories -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "body"), [("page", page()), ("text", TEXT.encode()), ("json", ninjs())]
)
def test_the_agencys_words_in_every_form_are_right(form: str, body: bytes) -> None:
    assert faults(live(form), 200, body) == []


OTHERS = {
    "a headline": ("page", page(headline="Ferry to Vester runs late")),
    "a byline": ("page", page(byline="Somebody")),
    "a text": ("page", page(text="The ferry left at eight.\n\nIt was full.\n")),
    "a text with a sentence more": ("page", page(text=TEXT + "\nBuy now.\n")),
    "no copy at all": ("page", b"<p>This page is being made"),
    "nothing": ("page", b""),
    "a second headline": ("page", page(more=f"<h1 data-copy=headline>{HEADLINE}</h1>")),
    "a text form": ("text", TEXT.encode() + b"\n"),
    "a JSON headline": ("json", ninjs(headlines=[{"role": "main", "value": "Ferry"}])),
    "a JSON byline": ("json", ninjs(by="Somebody")),
    "a JSON text": ("json", ninjs(bodies=[{"role": "main", "value": "The ferry sank.\n"}])),
    "JSON without a text": ("json", ninjs(bodies=[])),
    "what is not JSON": ("json", b"<html>"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_live_page_with_other_words_is_critical(what: str) -> None:
    form, body = OTHERS[what]
    assert faults(live(form), 200, body) == [("words-differ", Severity.critical)]
    assert differs(form, body, WORDS) is not None


@pytest.mark.parametrize("status", [301, 404, 410, 500, 503])
def test_a_live_page_that_is_not_there_is_major(status: int) -> None:
    assert faults(live(), status, b"") == [("wrong-status", Severity.major)]


def test_right_words_in_other_bytes_than_were_pressed_are_minor() -> None:
    pressed = live(digests=frozenset({digest(page()), digest(b"as pressed now")}))
    assert faults(pressed, 200, page()) == []
    assert faults(pressed, 200, page(more="<p>Cookies?")) == [("bytes-differ", Severity.minor)]


def test_a_text_of_an_older_transformation_is_right_too() -> None:
    older = digest(b"The ferry left at seven. It was full.\n")
    words = msgspec.structs.replace(WORDS, texts=WORDS.texts | {older})
    body = b"The ferry left at seven. It was full.\n"
    assert faults(live("text", words=words), 200, body) == []


def test_a_header_that_lets_caches_keep_a_page_is_minor() -> None:
    careful = live(headers=(("cache-control", "must-revalidate"), ("last-modified", "Monday")))
    right = {"cache_control": "public, max-age=0, must-revalidate", "last_modified": "Monday"}
    assert faults(careful, 200, page(), **right) == []
    stale = right | {"last_modified": "Sunday"}
    assert faults(careful, 200, page(), **stale) == [("header", Severity.minor)]
    assert faults(careful, 200, page()) == [("header", Severity.minor)]


# --- withdrawn stories --------------------------------------------------------------------------


def test_a_notice_is_right() -> None:
    assert faults(gone(), 410, b"<p>Withdrawn by the agency") == []


@pytest.mark.parametrize("status", [200, 404, 410, 500])
def test_words_of_a_withdrawn_story_are_critical_under_any_status(status: int) -> None:
    assert faults(gone(), status, page()) == [("words-visible", Severity.critical)]


def test_a_withdrawn_story_that_answers_otherwise_is_major() -> None:
    assert faults(gone(), 404, b"not found") == [("wrong-status", Severity.major)]


def test_a_notice_that_may_be_kept_or_indexed_is_minor() -> None:
    careful = gone(headers=(("cache-control", "no-store"), ("x-robots-tag", "noindex")))
    right = {"cache_control": "no-store", "x_robots_tag": "noindex"}
    assert faults(careful, 410, b"gone", **right) == []
    assert faults(careful, 410, b"gone", x_robots_tag="noindex") == [("header", Severity.minor)]


# --- lists --------------------------------------------------------------------------------------


def front(*stories: str, words: str = "") -> bytes:
    links = "".join(f"<a href='/s/{story}'>x</a>" for story in stories)
    return f"<main>{links}{words}</main>".encode()


def of_list(
    body: bytes, kind: str = "list", status: int = 200, **facts: object
) -> list[tuple[str, Severity]]:
    surface = Surface(address="/", kind=kind, status=200)
    given = {"withdrawn": (), "unpublished": (), "wanted": ()}
    found = compare_list(surface, status, body, **(given | facts))
    return [(one.code, one.severity) for one in found]


def test_the_stories_a_list_names_are_read_from_links_in_any_format() -> None:
    body = f"<a href='/s/{STORY}'><loc>https://x.example/s/{OTHER}</loc> /s/{THIRD}/v2.txt"
    assert named(body.encode()) == {STORY, OTHER, THIRD}
    assert named(f"/s/{STORY}0 /s/{STORY[:-1]} /s/ILLEGAL-LETTERS1".encode()) == set()


def test_a_list_that_names_what_it_must_is_right() -> None:
    assert of_list(front(STORY, OTHER), wanted=[STORY, OTHER]) == []


def test_a_list_without_its_newest_stories_is_minor() -> None:
    assert of_list(front(OTHER), wanted=[STORY, OTHER]) == [("list-drift", Severity.minor)]


def test_a_front_that_names_a_withdrawn_story_is_major() -> None:
    assert of_list(front(STORY), withdrawn=[MARKS]) == [("names-withdrawn", Severity.major)]


@pytest.mark.parametrize("kind", ["list", "feed"])
def test_a_list_that_shows_withdrawn_words_is_critical(kind: str) -> None:
    body = front(STORY, words=HEADLINE)
    assert of_list(body, kind, withdrawn=[MARKS]) == [("words-visible", Severity.critical)]


def test_a_feed_may_keep_the_notice_of_a_withdrawn_story() -> None:
    assert of_list(front(STORY), "feed", withdrawn=[MARKS]) == []


def test_a_feed_may_show_the_same_words_in_the_entry_of_another_story() -> None:
    entries = (
        f"<feed><entry><id>/s/{STORY}</id>Withdrawn</entry>"
        f"<entry><id>/s/{OTHER}</id>{HEADLINE}</entry></feed>"
    )
    assert of_list(entries.encode(), "feed", withdrawn=[MARKS]) == []


def test_a_list_that_names_what_was_never_public_is_major() -> None:
    assert of_list(front(STORY), unpublished=[STORY]) == [("names-unpublished", Severity.major)]


def test_a_list_that_does_not_answer_right_says_only_that() -> None:
    found = of_list(b"oops", status=500, wanted=[STORY])
    assert found == [("wrong-status", Severity.major)]


def test_every_list_of_a_site_is_looked_at() -> None:
    found = {one.surface.address: (one.surface.kind, one.shelf, one.agency) for one in LISTS}
    assert found["/"] == ("list", None, None)
    assert found["/feed.rss"] == ("feed", None, None)
    assert found["/section/sport"] == ("list", "section/sport", None)
    assert found["/agency/hill/feed.json"] == ("feed", None, "hill")
    assert found["/sitemap/3.xml"] == ("list", None, None)
    assert {"/sitemap.xml", "/news-sitemap.xml"} <= set(found)
    assert found["/corrections"] == ("feed", None, None)
    assert found["/corrections/feed.rss"] == ("feed", None, None)
    assert found["/api/stories"] == ("list", None, None)
    assert len(found) == len(LISTS) == 24


LISTS = tuple(lists(["section/sport", "place/new delhi"], ["hill"], [3]))
