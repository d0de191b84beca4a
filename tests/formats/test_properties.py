"""What holds for every item and for all bytes."""

import json
from datetime import datetime
from datetime import timedelta
from html import escape

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.formats import FormatError
from copytaster.formats import Parsed
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import PubStatus
from tests.formats.reading import item
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import line
from tests.formats.stories import stories

# --- writers, for tests only -------------------------------------------------------------------


def _ninjs(story: Story) -> bytes:
    body = "".join(f"<p>{escape(words)}</p>" for words in story.paragraphs)
    written = {
        "uri": story.guid,
        "type": "text",
        "version": str(story.version),
        "versionCreated": story.created,
        "embargoedUntil": story.embargo,
        "pubStatus": story.status,
        "headlines": [{"role": "main", "value": story.headline}],
        "by": story.by,
        "edNote": story.note,
        "language": story.language,
        "bodies": [{"role": "html", "contentType": "text/html", "value": body}],
    }
    return json.dumps({key: value for key, value in written.items() if value is not None}).encode()


def _element(name: str, value: str | None) -> str:
    return "" if value is None else f"<{name}>{escape(value)}</{name}>"


def _newsml_g2(story: Story) -> bytes:
    body = "".join(f"<p>{escape(words)}</p>" for words in story.paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{story.guid}" version="{story.version}">
<itemMeta><itemClass qcode="ninat:text"/>{_element("versionCreated", story.created)}
{_element("embargoed", story.embargo)}<pubStatus qcode="stat:{story.status}"/>
{_element("edNote", story.note)}</itemMeta>
<contentMeta><language tag="{story.language}"/>{_element("headline", story.headline)}
{_element("by", story.by)}</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(story.headline)}</title></head>
<body>{body}</body></html></inlineXML></contentSet></newsItem>""".encode()


def _basic(moment: str) -> str:
    """ISO 8601 basic: no hyphens in the date, no colons."""
    return moment[:10].replace("-", "") + moment[10:].replace(":", "")


def _nitf(story: Story) -> bytes:
    body = "".join(f"<p>{escape(words)}</p>" for words in story.paragraphs)
    status, release = story.status, ""
    if story.embargo is not None:
        status = "embargoed" if status == "usable" else status
        release = f'<date.release norm="{_basic(story.embargo)}"/>'
    note = "" if story.note is None else f'<ed-msg info="{escape(story.note)}"/>'
    return f"""<nitf baselang="{story.language}"><head><docdata management-status="{status}">
<doc-id id-string="{story.guid}"/><du-key version="{story.version}"/>{note}
<date.issue norm="{_basic(story.created)}"/>{release}</docdata></head><body><body.head><hedline>
{_element("hl1", story.headline)}</hedline>{_element("byline", story.by)}</body.head>
<body.content>{body}</body.content></body></nitf>""".encode()


@pytest.mark.parametrize("write", [_ninjs, _newsml_g2, _nitf])
@given(story=stories)
def test_what_was_written_is_what_is_read(write: object, story: Story) -> None:
    found = item(write(story))
    assert (found.guid, found.version_number) == (story.guid, story.version)
    assert found.version_created.instant == datetime.fromisoformat(story.created)
    assert found.headline == story.headline
    assert (found.by, found.ed_note, found.language) == (story.by, story.note, story.language)
    assert formats.text_of(found) == "\n\n".join(story.paragraphs) + "\n"
    assert found.pub_status is PubStatus(story.status)
    assert found.hold_reason == ()
    _same_embargo(found, story, write)


def _same_embargo(found: Item, story: Story, write: object) -> None:
    """NITF has one status for both, so a release in the past embargoes nothing withheld."""
    if story.embargo is None:
        assert found.embargo.state is EmbargoState.none
    elif write is not _nitf or story.status == "usable":
        assert found.embargo.until == datetime.fromisoformat(story.embargo)


@given(story=stories)
def test_one_story_in_three_formats_has_one_text(story: Story) -> None:
    texts = {formats.text_of(item(write(story))) for write in (_ninjs, _newsml_g2, _nitf)}
    assert len(texts) == 1


@given(story=stories, version=st.integers(1, 99), seconds=st.integers(1, 10**6))
def test_a_new_date_or_version_is_not_new_content(story: Story, version: int, seconds: int) -> None:
    later = datetime.fromisoformat(story.created) + timedelta(seconds=seconds)
    again = msgspec.structs.replace(story, version=version, created=later.isoformat())
    for write in (_ninjs, _newsml_g2):
        assert item(write(again)).content_hash == item(write(story)).content_hash


@given(story=stories, words=line())
def test_other_words_are_other_content(story: Story, words: str) -> None:
    other = msgspec.structs.replace(story, paragraphs=(*story.paragraphs, words))
    for write in (_ninjs, _newsml_g2, _nitf):
        assert item(write(other)).content_hash != item(write(story)).content_hash


# --- anything at all ---------------------------------------------------------------------------


def _outcome(data: bytes) -> Parsed | None:
    """What came out; anything but items and a FormatError fails the test."""
    try:
        parsed = read(data)
    except FormatError:
        return None
    for found in parsed.items:
        assert formats.line(found, file="f")
        assert not found.copy.blocks or found.body_kind != "none" or found.hold_reason
    return parsed


@given(st.binary(max_size=400))
def test_random_bytes_never_crash(data: bytes) -> None:
    _outcome(data)


@pytest.mark.parametrize("write", [_ninjs, _newsml_g2, _nitf])
@given(
    story=stories,
    at=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 60),
    paste=st.binary(max_size=12)
    | st.sampled_from([b"<", b"]]>", b"<!--", b"&nbsp;", b"\0", b"<p>", b'"', b"{", b"\xff"]),
)
def test_mutilated_items_never_crash(
    write: object, story: Story, at: float, cut: int, paste: bytes
) -> None:
    data = write(story)
    begin = int(at * len(data))
    _outcome(data[:begin] + paste + data[begin + cut :])


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
_properties = st.sampled_from(
    "type version versioncreated firstcreated embargoed embargoedUntil pubstatus headline "
    "headlines headline_x byline by bylines body_html body_text bodies description_text "
    "descriptions signals editorialtypes expires urgency associations renditions subject "
    "subjects person altids genre usageterms rightsinfo infosources standard "
    "replacing links services keywords representationtype datelinelocation eventDetails".split()
)  # fmt: skip


@given(st.dictionaries(_properties, _json, max_size=8))
def test_a_ninjs_object_of_any_shape_is_an_item_or_a_bad_item(properties: dict) -> None:
    parsed = _outcome(json.dumps({"uri": "urn:1"} | properties).encode())
    assert parsed is not None
    assert len(parsed.items) + len(parsed.aside) + len(parsed.failed) == 1
