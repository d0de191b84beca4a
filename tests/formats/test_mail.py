"""E-mail: what is read from where, what is left out, what holds it."""

import base64
import quopri
import re
import time
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.formats import FormatError
from copytaster.formats._detect import document
from copytaster.item import BodyKind
from copytaster.item import Item
from copytaster.item import PubStatus
from tests.formats.reading import CONTEXT
from tests.formats.reading import PROFILE
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import stories

HEAD = """Received: from mx.meridian.example by desk.example; Thu, 4 Dec 2025 10:00:02 +0000
From: Meridian News Desk <desk@meridian.example>
To: copy@paper.example
Subject: Harbour opens again
Date: Thu, 4 Dec 2025 10:00:00 +0100
Message-ID: <harbour.1@meridian.example>
MIME-Version: 1.0
"""
NITF = """<nitf><head><docdata management-status="usable"><doc-id id-string="nitf-7"/></docdata>
</head><body><body.head><hedline><hl1>Attached</hl1></hedline></body.head>
<body.content><p>Words of the file.</p></body.content></body></nitf>"""


def mail(body: str = "The harbour opened.\n", kind: str = "text/plain", head: str = HEAD) -> str:
    return f"{head}Content-Type: {kind}\n\n{body}"


def mixed(*parts: str, kind: str = "mixed") -> str:
    inside = "".join(f"--limit\n{part}\n" for part in parts)
    return mail(
        f"for old mailers\n{inside}--limit--\nepilogue\n", f"multipart/{kind}; boundary=limit"
    )


def part(body: str, kind: str = "text/plain", more: str = "") -> str:
    return f"Content-Type: {kind}\n{more}\n{body}"


def attached(body: str, name: str, kind: str) -> str:
    return part(body, kind, f'Content-Disposition: attachment; filename="{name}"\n')


def words(found: Item) -> str:
    return formats.text_of(found)


# --- facts ---------------------------------------------------------------------------------------


def test_the_header_gives_the_facts_and_nothing_is_trusted_of_who_sent_it() -> None:
    head = HEAD + (
        "In-Reply-To: <a@b.example>\nReferences: <z@b.example> <a@b.example>\n"
        "List-Id: World desk <world.meridian.example>\nKeywords: harbour, sea\n"
        "Content-Language: en-GB\nImportance: high\n"
    )
    found = item(mail(head=head))
    assert (found.provider, found.guid) == ("meridian", "harbour.1@meridian.example")
    assert found.headline == "Harbour opens again"
    assert found.version_created == found.sent
    assert found.sent.instant.isoformat() == "2025-12-04T10:00:00+01:00"
    assert found.feed_id == "World desk <world.meridian.example>"
    assert (found.keywords, found.language, found.priority) == (("harbour", "sea"), "en-GB", "high")
    assert [(i.role, i.value) for i in found.alt_ids] == [
        ("in-reply-to", "a@b.example"),
        ("references", "z@b.example"),
        ("references", "a@b.example"),
    ]  # fmt: skip
    assert [(w.code, w.detail) for w in found.warnings] == [
        ("mail-from", "Meridian News Desk <desk@meridian.example>"),
        ("mail-to", "copy@paper.example"),
    ]  # fmt: skip
    assert (found.by, found.bylines) == (None, ())
    assert words(found) == "The harbour opened.\n"


def test_a_mail_has_no_status_and_the_profile_says_what_that_means() -> None:
    assert item(mail()).hold_reason == ("status-missing",)
    assert item(mail(), profile(missing_status="usable")).pub_status is PubStatus.usable


def test_a_mail_without_an_id_is_held_under_a_hash() -> None:
    found = item(mail(head=HEAD.replace("Message-ID", "X-Not-An-Id")))
    assert found.guid.startswith("sha256:")
    assert "guid-missing" in found.hold_reason
    twice = item(mail(head=HEAD + "Message-ID: <another@meridian.example>\n"))
    assert "guid-missing" in twice.hold_reason


@pytest.mark.parametrize(
    ("sent", "subject", "repairs"),
    [
        ("=?utf-8?Q?Caf=C3=A9_am_Hafen?=", "Café am Hafen", ()),
        ("=?UTF-8?B?Q2Fmw6kgYW0gSGFmZW4=?=", "Café am Hafen", ()),
        ("=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=", "Café", ()),
        ("=?utf-8*fr?q?Caf=C3=A9?=", "Café", ()),
        ("=?iso-8859-2?Q?=A3=F3d=BC?= rises", "Łódź rises", ()),
        ("=?iso-2022-jp?B?GyRCOUEbKEI=?=", "港", ()),
        ("Port =?us-ascii?Q?of?=\n =?us-ascii?Q?_call?= today", "Port of call today", ()),
        ("=?windows-1252?Q?Harbour=92s_day?=", "Harbour’s day", ()),
        ("=?windows-1252?Q?Harbour\u2019s_day?=", "Harbour’s day", ("charset",)),
        ("Harbour\u2019s day", "Harbour’s day", ()),
        ("A long subject that\n goes on", "A long subject that goes on", ()),
        ("2 =? 3", "2 =? 3", ()),
    ],
)
def test_a_subject_is_decoded_strictly(sent: str, subject: str, repairs: tuple[str, ...]) -> None:
    found = item(mail(head=HEAD.replace("Harbour opens again", sent)))
    assert (found.headline, found.repairs) == (subject, repairs)
    assert found.hold_reason == ("status-missing",)


@pytest.mark.parametrize(
    "sent", ["=?x-martian?Q?=FF=FE=81?=", "=?utf-8?B?Q2F?mw6k=?=", "=?utf-8?B?!!!!?="]
)
def test_a_subject_that_cannot_be_decoded_stays_as_sent_and_is_held(sent: str) -> None:
    found = item(mail(head=HEAD.replace("Harbour opens again", sent)))
    assert found.headline == sent
    assert "field-malformed" in found.hold_reason


def test_raw_windows_1252_in_a_header_is_a_repair() -> None:
    data = mail().replace("Harbour", "H\u00e4fen").encode("cp1252")
    found = item(data)
    assert (found.headline, found.repairs) == ("Häfen opens again", ("charset",))


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("Thu, 4 Dec 2025 10:00:00 -0800 (PST)", "2025-12-04T10:00:00-08:00"),
        ("4 Dec 2025 10:00 GMT", "2025-12-04T10:00:00+00:00"),
        ("Thursday noon", None),
        ("Thu, 4 Dec 2025 10:00:00 IST", None),
    ],
)
def test_a_date_is_read_by_its_grammar_or_not_at_all(date: str, instant: str | None) -> None:
    found = item(mail(head=HEAD.replace("Thu, 4 Dec 2025 10:00:00 +0100", date)))
    assert found.sent.raw == date
    assert (found.sent.instant and found.sent.instant.isoformat()) == instant
    assert ("date-missing" in found.hold_reason) == (instant is None)


def test_an_expiry_is_read_and_one_that_cannot_be_is_held() -> None:
    good = item(mail(head=HEAD + "Expires: Fri, 5 Dec 2025 00:00:00 +0000\n"))
    assert good.expires.instant.isoformat() == "2025-12-05T00:00:00+00:00"
    assert "field-malformed" in item(mail(head=HEAD + "Expires: soon\n")).hold_reason


@pytest.mark.parametrize("prefix", ["Re: ", "FW: ", "Fwd: ", "AW: ", "Re[2]: "])
def test_a_reply_is_talk_about_copy_and_is_held(prefix: str) -> None:
    found = item(mail(head=HEAD.replace("Harbour opens", f"{prefix}Harbour opens")))
    assert "type-unknown" in found.hold_reason


@pytest.mark.parametrize(
    "head",
    [
        HEAD + "Auto-Submitted: auto-replied\n",
        HEAD + "X-Autoreply: yes\n",
    ],
)
def test_a_machines_answer_is_set_aside(head: str) -> None:
    parsed = read(mail(head=head))
    assert (parsed.items, [aside.code for aside in parsed.aside]) == ((), ["mail-report"])


def test_a_bounce_and_an_invitation_are_set_aside() -> None:
    for kind in ("multipart/report; boundary=x", "text/calendar"):
        parsed = read(mail("--x\n\nfailed\n--x--\n", kind))
        assert [aside.code for aside in parsed.aside] == ["mail-report"]


# --- words ---------------------------------------------------------------------------------------


def encoded(value: str, charset: str, how: str) -> bytes:
    data = value.encode(charset)
    if how == "base64":
        data = base64.encodebytes(data)
    elif how == "quoted-printable":
        data = quopri.encodestring(data)
    kind = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {how}\n\n"
    return HEAD.encode() + kind.encode() + data


@pytest.mark.parametrize("how", ["8bit", "base64", "quoted-printable", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15", "koi8-r", "shift_jis"])
def test_a_body_is_read_out_of_its_encoding_and_charset(charset: str, how: str) -> None:
    said = {"koi8-r": "Порт открыт", "shift_jis": "港が開いた"}.get(charset, "Grüße = «café» ß")
    found = item(encoded(f"{said}\n\nZweiter Absatz\n", charset, how))
    assert words(found) == f"{said}\n\nZweiter Absatz\n"
    assert found.repairs == ()


@pytest.mark.parametrize(
    ("kind", "data", "said", "repairs"),
    [
        ("text/plain", "Größe".encode(), "Größe", ()),
        ("text/plain", "Größe".encode("cp1252"), "Größe", ("charset",)),
        ("text/plain; charset=us-ascii", "Größe".encode(), "Größe", ("charset",)),
        ("text/plain; charset=x-unknown", "Größe".encode(), "Größe", ("charset",)),
        ("text/plain; charset=iso-8859-1", b"it\x92s", "it’s", ()),
        ('text/plain; charset="utf-8"', "Größe".encode(), "Größe", ()),
        ("text/html; charset=iso-8859-1", b"<p>it\x92s</p>", "it’s", ()),
    ],
)  # fmt: skip
def test_a_missing_or_odd_charset_is_tried_strictly_and_told(
    kind: str, data: bytes, said: str, repairs: tuple[str, ...]
) -> None:
    found = item(f"{HEAD}Content-Type: {kind}\n\n".encode() + data)
    assert (words(found), found.repairs) == (f"{said}\n", repairs)


def test_flowed_lines_are_one_paragraph_and_every_character_is_accounted_for() -> None:
    body = "The harbour \nopened again \nafter nine months.\n\n From here\n> quoted \n> text\nEnd\n"
    found = item(mail(body, "text/plain; format=flowed"))
    assert words(found) == (
        "The harbour opened again after nine months.\n\nFrom here\n> quoted \n> text\nEnd\n"
    )
    assert found.hold_reason == ("status-missing",)


def test_delsp_takes_the_blank_with_the_break() -> None:
    found = item(mail("港が \n開いた\n", "text/plain; charset=utf-8; format=flowed; delsp=yes"))
    assert words(found) == "港が開いた\n"


def test_a_fixed_text_keeps_its_lines() -> None:
    assert words(item(mail("one \ntwo\n"))) == "one \ntwo\n"


def test_a_signature_is_left_out_by_name_and_a_line_of_dashes_is_none() -> None:
    found = item(mail("Text.\n--\nStill text.\n-- \nAda Berg\nDesk, 555 1234\n"))
    assert words(found) == "Text.\n--\nStill text.\n"
    assert set(found.copy.omissions) == {"signature"}
    long = "Text.\n-- \n" + "\n".join(f"Result {n}" for n in range(30)) + "\n"
    assert words(item(mail(long))).endswith("Result 29\n")


def test_of_alternatives_html_is_read_and_the_other_kept_beside_it() -> None:
    document = mixed(
        part("Plain words."),
        part("<p>Marked <b>words</b>.</p>", "text/html"),
        kind="alternative",
    )
    found = item(document)
    assert words(found) == "Marked words.\n"
    assert [(b.content_type, b.role) for b in found.bodies] == [
        ("text/html", None), ("text/plain", "alternative"),
    ]  # fmt: skip


def test_an_alternative_without_words_gives_way_to_one_with_words() -> None:
    document = mixed(
        part("Plain words."), part('<img src="cid:x">', "text/html"), kind="alternative"
    )
    assert words(item(document)) == "Plain words.\n"


def test_parts_that_follow_one_another_are_one_text() -> None:
    assert words(item(mixed(part("One."), part("<p>Two.</p>", "text/html")))) == "One.\n\nTwo.\n"


def test_a_part_without_end_is_read_to_the_end() -> None:
    document = mixed(part("One."), part("Two.")).replace("--limit--", "")
    assert words(item(document)).startswith("One.\n\nTwo.")


def test_related_parts_and_pictures_are_set_aside_by_name() -> None:
    inner = mixed(
        part("<p>Words.</p>", "text/html"), part("x", "image/png", "Content-ID: <x>\n"),
        kind="related",
    ).split("\n\n", 1)[1]  # fmt: skip
    document = mixed(
        part(inner.replace("limit", "inner"), "multipart/related; boundary=inner"),
        attached("UEsDBA==", "r\u00e9sum\u00e9.zip", "application/zip"),
        attached("x", "table.xlsx", "application/vnd.ms-excel"),
    )
    parsed = read(document)
    assert words(parsed.items[0]) == "Words.\n"
    assert [(aside.code, aside.detail) for aside in parsed.aside] == [
        ("attachment", "image/png"),
        ("attachment", "résumé.zip: application/zip"),
        ("attachment", "table.xlsx: application/vnd.ms-excel"),
    ]


@pytest.mark.parametrize(
    "broken",
    ["Content-Transfer-Encoding: base64\n\n@@@@", "Content-Transfer-Encoding: x-uuencode\n\nbegin"],
)
def test_a_body_that_cannot_be_decoded_holds_the_mail(broken: str) -> None:
    found = item(f"{HEAD}{broken}\n")
    assert "body-unreadable" in found.hold_reason
    assert (found.headline, found.body_kind) == ("Harbour opens again", BodyKind.none)


def test_a_closed_mail_is_held() -> None:
    found = read(mail("MIAGCS", "application/pkcs7-mime")).items[0]
    assert "body-unreadable" in found.hold_reason


# --- wire files ----------------------------------------------------------------------------------

NINJS = '{"uri": "urn:m:1", "headline": "In JSON", "body_text": "Words.", "pubstatus": "usable"}'


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.xml", "text/xml"), ("a.dat", "application/octet-stream"), ("a", "text/plain")],
)
def test_a_wire_file_that_is_attached_is_read_like_any_delivery(name: str, kind: str) -> None:
    parsed = read(mixed(part("Please find attached."), attached(NITF, name, kind)))
    (found,) = parsed.items
    assert (found.guid, found.headline, found.format.name) == ("nitf-7", "Attached", "nitf")
    assert words(found) == "Words of the file.\n"
    assert found.raw_ref.length == len(NITF)
    assert ("message-id", "harbour.1@meridian.example") in [
        (i.role, i.value) for i in found.alt_ids
    ]
    assert "mail-from" in [remark.code for remark in found.warnings]
    assert [(aside.code, aside.guid) for aside in parsed.aside] == [
        ("mail-cover", "harbour.1@meridian.example")
    ]


def test_several_files_give_their_items_and_a_broken_one_does_not_lose_its_neighbours() -> None:
    encoded_file = base64.encodebytes(NINJS.encode()).decode()
    wrapped = attached(encoded_file, "b.json", "application/json").replace(
        "\n\n", "\nContent-Transfer-Encoding: base64\n\n", 1
    )
    parsed = read(mixed(attached(NITF, "a.xml", "text/xml"), wrapped,
                        attached(NITF[:90], "c.xml", "text/xml")))  # fmt: skip
    assert [found.headline for found in parsed.items] == ["Attached", "In JSON"]
    assert len(parsed.failed) == 1
    assert parsed.format.name == "mail"


def test_a_file_of_no_known_format_leaves_the_mail_a_story() -> None:
    parsed = read(mixed(part("The story."), attached('{"a": 1}', "a.json", "application/json")))
    assert words(parsed.items[0]) == "The story.\n"
    assert [aside.detail for aside in parsed.aside] == ["a.json: application/json"]


def test_a_wire_file_in_the_place_of_the_words_is_read() -> None:
    assert read(mail(NINJS)).items[0].headline == "In JSON"
    assert read(mail(NITF)).items[0].guid == "nitf-7"


def test_a_mail_in_a_mail_is_read_and_one_too_deep_is_set_aside() -> None:
    inner = mail("Inner words.\n").replace("harbour.1", "inner.1")
    parsed = read(mixed(part("See below."), part(inner, "message/rfc822")))
    assert [found.guid for found in parsed.items] == ["inner.1@meridian.example"]
    deep = inner
    for level in range(6):
        deep = mixed(part("Below."), part(deep, "message/rfc822")).replace("limit", f"b{level}")
    assert "attachment" in [aside.code for aside in read(deep).aside]


def test_a_form_in_json_is_read_told_and_held() -> None:
    body = (
        '{"Headline":["Harbour opens",""],"Body":["It \\"opened\\".\\n\\nAgain."],'
        '"Dateline":["ALDER"],'
        '"Abstract":["Short"],"Legal flag":["ASK FIRST"],"Genre":["News"],"Category":["Home"]}'
    )
    found = item(mail(body, "text/plain; format=flowed; delsp=yes"))
    assert (found.headline, found.dateline, found.summary) == ("Harbour opens", "ALDER", "Short")
    assert words(found) == 'It "opened".\n\nAgain.\n'
    assert {"body-type-unknown", "status-missing"} <= set(found.hold_reason)
    assert ("form-answer", "legal flag", "ASK FIRST") in [
        (w.code, w.path, w.detail) for w in found.warnings
    ]


def test_a_file_in_no_known_format_in_the_place_of_the_words_is_held() -> None:
    assert "body-type-unknown" in item(mail('{"a": 1}')).hold_reason
    assert "body-type-unknown" in item(mail("<unknown/>")).hold_reason


# --- detection and bad input ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        mail().encode(),
        mail().replace("\n", "\r\n").encode(),
        b"\r\n  \r\n" + mail().encode(),
        b"From desk@meridian.example Thu Dec  4 10:00:00 2025\n" + mail().encode(),
        HEAD.encode(),
        "Größe: x\n".encode() * 0 + mail().encode("utf-8"),
    ],
)
def test_a_mail_is_told_by_its_header_block(data: bytes) -> None:
    assert read(data).format.name == "mail"


@pytest.mark.parametrize(
    "data",
    [
        "SLUG: harbour\nHEADLINE: Harbour opens\nDATE: today\n\nWords.\n",
        "Harbour opens\n\nFrom: the desk\nDate: today\nSubject: x\n\nWords\n",
        "From: a\nDate: b\nSubject: c\nand then a line of words\n\nWords\n",
        "dpa062 3 pl 120 dpa 061\nHarbour/\nHarbour opens =\n",
        "Subject: only one\n\nWords\n",
    ],
)
def test_other_texts_are_no_mail(data: str) -> None:
    from copytaster.formats.mail import claims

    assert not claims(document(data.encode(), None).sniff)


def test_a_mailbox_of_several_mails_is_refused() -> None:
    one = "From a@b.example Thu Dec  4 10:00:00 2025\n" + mail()
    with pytest.raises(FormatError, match="several mails"):
        read(f"{one}\n{one}")


@pytest.mark.parametrize(
    "document",
    [
        HEAD + "X: " + "y" * 300_000 + "\n\nx",
        HEAD + "X: y\n" * 3000 + "\nx",
        mixed(*[part("x")] * 300),
    ],
    ids=["long", "many fields", "many parts"],
)
def test_more_than_the_limits_is_refused(document: str) -> None:
    with pytest.raises(FormatError):
        read(document, format="mail")


def test_parts_nested_too_deep_are_refused() -> None:
    body = part("x")
    for level in range(20):
        body = part(f"--b{level}\n{body}\n--b{level}--\n", f"multipart/mixed; boundary=b{level}")
    with pytest.raises(FormatError, match="deeper"):
        read(HEAD + body)


def test_an_id_of_no_sensible_length_fails_as_one_line() -> None:
    with pytest.raises(FormatError, match="Message-ID"):
        read(mail(head=HEAD.replace("harbour.1", "h" * 5000)))


def test_without_words_everything_else_is_as_usual() -> None:
    whole = item(mail())
    context = formats.Context(received=CONTEXT.received, words=False)
    bare = formats.parse(mail().encode(), PROFILE, context).items[0]
    assert (bare.copy.blocks, bare.bodies, bare.body_kind) == ((), whole.bodies, BodyKind.full)


@pytest.mark.parametrize(
    "document",
    [
        mail("words \n" * 400_000, "text/plain; format=flowed"),
        mail("=20" * 700_000),
        mail("-- \n" * 500_000),
        mail("--limit\n" * 300_000, "multipart/mixed; boundary=limit"),
        mail("x\n--limit " * 200_000, "multipart/mixed; boundary=limit"),
        HEAD.replace("Harbour opens again", "=?utf-8?Q?a?= " * 1000) + "\nx",
        HEAD.replace("Harbour opens again", "=?a?q?" * 2500) + "\nx",
        HEAD + "Content-Type: text/plain; " + 'a="' * 4000 + "\n\nx",
        HEAD + "References: " + "<a@b>" * 3000 + "\n\nx",
        HEAD + "X:\n " * 50_000 + "\n\nx",
        "\n" * 1_000_000 + mail(),
        mail("{" * 500_000),
        mail('{"Body":' + "[" * 100_000),
        mail("\n\nFrom x Mon Dec 4\n" * 100_000),
    ],
)
def test_no_mail_takes_long(document: str) -> None:
    data = document.encode()
    begun = time.process_time()
    with suppress(FormatError):
        read(data, format="mail")
    assert time.process_time() - begun < 1.0


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_bytes_break_the_reader(noise: bytes, at: int) -> None:
    data = mixed(part("One."), attached(NITF, "a.xml", "text/xml")).encode()
    at = min(at, len(data))
    try:
        parsed = read(data[:at] + noise + data[at:], format="mail")
    except FormatError:
        return
    assert parsed.format.name == "mail"


# --- round trip ----------------------------------------------------------------------------------


def _written(story: Story, charset: str, how: str, kind: str) -> bytes:
    """A mail as a careful mailer writes it."""
    subject = base64.b64encode(story.headline.encode()).decode()
    sent = format_datetime(datetime.fromisoformat(story.created))
    if kind == "text/html":
        from html import escape

        body = "".join(f"<p>{escape(said)}</p>\n" for said in story.paragraphs)
    else:
        body = "\n\n".join(story.paragraphs) + "\n"
    data = body.encode(charset)
    if how == "base64":
        data = base64.encodebytes(data)
    elif how == "quoted-printable":
        data = quopri.encodestring(data)
    head = (
        f"From: Desk <desk@meridian.example>\nSubject: =?utf-8?B?{subject}?=\nDate: {sent}\n"
        f"Message-ID: <{story.guid}>\nContent-Language: {story.language}\nMIME-Version: 1.0\n"
        f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {how}\n\n"
    )
    return head.encode() + data


@given(
    stories,
    st.sampled_from(["utf-8", "gb18030"]),
    st.sampled_from(["8bit", "base64", "quoted-printable"]),
    st.sampled_from(["text/plain", "text/html"]),
)
def test_a_story_survives_the_mail(story: Story, charset: str, how: str, kind: str) -> None:
    found = item(_written(story, charset, how, kind))
    created = datetime.fromisoformat(story.created).replace(microsecond=0)
    assert (found.guid, found.language) == (story.guid, story.language)
    assert found.headline == story.headline
    assert found.version_created.instant == created
    assert words(found) == "\n\n".join(story.paragraphs) + "\n"
    assert set(found.hold_reason) <= {"status-missing", "body-type-unknown"}
    assert (found.repairs, found.copy.omissions) == ((), {})


# --- real mails ----------------------------------------------------------------------------------


def test_real_mails_are_read_and_held(corpus: Path) -> None:
    folder = corpus / "agency-samples/email-rfc822"
    found = {path.name: item(path.read_bytes()) for path in sorted(folder.glob("*.txt"))}
    assert len(found) >= 5
    assert all(one.headline and one.copy.blocks for one in found.values())
    assert {one.pub_status for one in found.values()} == {PubStatus.hold}
    forms = [name for name, one in found.items() if "body-type-unknown" in one.hold_reason]
    assert forms == ["googleform.txt", "googleform1.txt", "json-email.txt"]
    assert found["odd_charset_email.txt"].repairs == ("charset",)


# --- what a reviewer found ------------------------------------------------------------------------


_FLOW = st.lists(
    st.lists(st.sampled_from([" ", "\t", "a", "b", ">", "-", "-- ", "x "]), max_size=5).map(
        "".join
    ),
    min_size=1,
    max_size=9,
)


@given(_FLOW, st.sampled_from(["", "; delsp=yes"]))
def test_every_character_of_flowed_text_is_accounted_for(lines: list[str], more: str) -> None:
    body = "\n".join(lines) + "\n"
    found = item(mail(body, f"text/plain; format=flowed{more}"))
    assert "words-unaccounted" not in found.hold_reason
    shown = words(found) + "".join(p.text for p in found.copy.pieces if p.omitted == "signature")
    assert len(re.sub(r"\s", "", shown)) == len(re.sub(r"\s", "", body))


def test_the_line_above_a_long_signature_is_never_flowed() -> None:
    body = "Text one \ngoes on.\n-- \n" + "".join(f"Result {n}\n" for n in range(14))
    found = words(item(mail(body, "text/plain; format=flowed")))
    assert found.startswith("Text one goes on.\n-- \nResult 0\nResult 1\n")


@pytest.mark.parametrize("kind", ["multipart/mixed", 'multipart/mixed; boundary="elsewhere"'])
def test_words_that_cannot_be_taken_apart_hold_the_mail(kind: str) -> None:
    found = item(mail("--limit\n\nThe harbour opened.\n--limit--\n", kind))
    assert "body-unreadable" in found.hold_reason
    assert found.warnings[0].detail.startswith("multipart/mixed: ")


@pytest.mark.parametrize(
    "document",
    [
        mail(kind='text/plain; name="harbour.txt"'),
        mixed(attached("The harbour opened.", "harbour.txt", "text/plain")),
    ],
)
def test_the_one_text_of_a_mail_is_its_words_even_under_a_file_name(document: str) -> None:
    assert words(item(document)) == "The harbour opened.\n"


def test_a_text_under_a_file_name_beside_the_words_is_set_aside() -> None:
    parsed = read(mixed(part("The words."), attached("More.", "more.txt", "text/plain")))
    assert words(parsed.items[0]) == "The words.\n"
    assert [(aside.code, aside.detail) for aside in parsed.aside] == [
        ("attachment", "more.txt: text/plain")
    ]


def test_a_comment_behind_a_transfer_encoding_is_passed_over() -> None:
    head = HEAD + "Content-Transfer-Encoding: Quoted-Printable (old mailer)\n"
    assert words(item(mail("The h=C3=A1rbour.\n", head=head))) == "The hárbour.\n"


def test_a_message_of_an_old_wire_in_the_place_of_the_words_is_read_as_one() -> None:
    wire = "\x01mer123 3 pl 4\r\nharbour/\r\n\x02Harbour opens =\r\n\r\nIt opened.\r\n\x03\x04"
    short = "From: desk@meridian.example\nSubject: Wire\nMessage-ID: <w@meridian.example>\n"
    parsed = read(mail(wire, head=short))
    assert [found.format.name for found in parsed.items] == ["iptc-7901"]
    assert [aside.code for aside in parsed.aside] == ["mail-cover"]


def test_a_message_of_an_old_wire_that_came_attached_is_read_as_one() -> None:
    wire = (
        "\x16\x16\x01a1234 US nat\r\nr a \x13\x11 BC-Quay 12-04 0045\r\n\x02^BC-Quay,45<\r\n"
        "^Quay opens<\r\n\tBERGEN (NW) _ The quay opened.<\r\n\x03NW-WF-12-04-25 1200GMT\r\n\x04"
    )
    parsed = read(mixed(part("See file."), attached(wire, "quay.anpa", "application/octet-stream")))
    assert [found.format.name for found in parsed.items] == ["anpa-1312"]
    assert parsed.failed == ()


def test_mails_in_mails_are_counted_together() -> None:
    document = "x"
    for depth in range(3):
        inside = "".join(
            f"--b{depth}\nContent-Type: message/rfc822\n\n{document}\n" for _ in range(30)
        )
        head = HEAD.replace("harbour.1", f"harbour.{depth}")
        document = mail(f"{inside}--b{depth}--\n", f"multipart/mixed; boundary=b{depth}", head)
    parsed = read(document)
    assert any("more than 200 parts, or 1000 in all" in bad.error for bad in parsed.failed)
    assert len(parsed.items) + len(parsed.failed) + len(parsed.aside) < 1_100
