"""Which format the bytes are in, told from the bytes alone."""

import pytest

from copytaster import formats
from copytaster.formats import Ambiguous
from copytaster.formats import Format
from copytaster.formats import FormatError
from copytaster.formats._detect import choose
from copytaster.formats._detect import document
from tests.formats.reading import item
from tests.formats.reading import read

G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="2">
<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2025-12-04T10:00:00Z</versionCreated>
</itemMeta></newsItem>"""
NITF = '<nitf><head><docdata><doc-id id-string="a1"/></docdata></head><body/></nitf>'
RSS = (
    "<rss version='2.0'><channel><title>T</title><link>https://example.org/</link></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>T</title>'
    "<updated>2025-12-04T10:00:00Z</updated></feed>"
)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (G2, "newsml-g2"),
        ("<?xml version='1.0'?>\n<!-- sent by hand -->\n" + G2, "newsml-g2"),
        (G2.encode("utf-16"), "newsml-g2"),
        ("\ufeff" + G2, "newsml-g2"),
        (NITF, "nitf"),
        (NITF.replace("<nitf>", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">'), "nitf"),
        (NITF.replace("<nitf>", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18">'), "nitf"),
        ('<!DOCTYPE nitf SYSTEM "nitf-3-2.dtd">' + NITF, "nitf"),
        ({"uri": "urn:x:1"}, "ninjs"),
        ([{"uri": "urn:x:1"}], "ninjs"),
        ({"total": 1, "item": [{"uri": "urn:x:1"}]}, "ninjs"),
        ({"version": "https://jsonfeed.org/version/1.1", "items": []}, "json-feed"),
        ({"meta": {}, "item": {"uri": "x", "altids": {"itemid": "a"}}}, "ap-media"),
        ({"uri": "x", "altids": {"itemid": "a", "etag": "a_1"}}, "ap-media"),
        ({"uri": "x", "altids": {"itemid": "a", "etag": "b"}}, "ninjs"),
        ({"urn": "x", "uri": "y", "version_created": None}, "digitalwires"),
        (RSS, "rss"),
        (ATOM, "atom"),
    ],
)
def test_the_bytes_say_which_format_they_are(document: str, name: str) -> None:
    assert read(document).format.name == name


@pytest.mark.parametrize(
    ("document", "error", "seen"),
    [
        (b"", "Empty", "nothing came"),
        (b" \r\n\t", "Empty", "nothing came"),
        (b"\xef\xbb\xbf", "Empty", "nothing came"),
        (b"<!doctype html><title>502 Bad Gateway</title>", "NotAFeed", "web page"),
        (b"<!-- cached -->\n<HTML><body>Log in</body></HTML>", "NotAFeed", "web page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "NotAFeed", "page"),
        (b"<NewsML Version='1.2'/>", "Unreadable", "NewsItem"),
        (b"{}", "Unknown", "(none)"),
        (b"ZCZC NGA062 3 pl 120", "Unknown", "ZCZC"),
        (b"\x1f\x8b\x08\x00\x00", "Unknown", "no format known here"),
        (b"<nitf><body>", "Unreadable", ""),
        (b'{"uri": "urn:x', "Unreadable", "JSON"),
        (b'{"uri": NaN}', "Unreadable", "NaN"),
        (b'{"uri": "\xed\xa0\xbd"}', "Unreadable", ""),
        (b'{"uri": "urn:1", "headline": "\\ud83d"}', "Unreadable", ""),
        (b'{"uri": "urn:1", "pubstatus": "usable", "pubstatus": "canceled"}',
         "Unreadable", "pubstatus"),
        (b"[" * 200_000, "OverLimit", ""),
        (b'{"uri": "urn:1", "x": ' + b"9" * 5000 + b"}", "Unreadable", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_was_seen(
    document: bytes, error: str, seen: str
) -> None:
    with pytest.raises(FormatError, match=None) as refused:
        read(document)
    assert type(refused.value).__name__ == error
    assert seen in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_document_that_two_formats_claim_is_refused_with_both_names() -> None:
    def claim(_: object) -> bool:
        return True

    def nothing(*_: object) -> formats.Parsed:
        raise AssertionError("must not be read")

    rivals = [Format(name=name, claims=claim, read=nothing) for name in ("this", "that")]
    with pytest.raises(Ambiguous, match="this and that both claim"):
        choose(document(NITF.encode(), None), rivals)


def test_a_named_format_is_read_without_asking() -> None:
    assert read({"uri": "urn:x:1"}, format="ninjs").format.name == "ninjs"
    with pytest.raises(FormatError, match="no format is called 'nitff'; known: anpa-1312, ap-"):
        read(NITF, format="nitff")


@pytest.mark.parametrize("name", formats.names())
@pytest.mark.parametrize(
    "document", [G2, NITF, {"uri": "urn:x:1"}, {"a": 1}, [1], RSS, ATOM, "<p>", "memo"]
)
def test_naming_the_wrong_format_is_an_error_and_no_crash(name: str, document: str) -> None:
    try:
        parsed = read(document, format=name)
    except FormatError:
        return
    assert parsed.format.name == name


@pytest.mark.parametrize(
    ("content_type", "told"),
    [
        (None, None),
        ("application/octet-stream", None),
        ("text/plain; charset=utf-8", None),
        ("application/xml", None),
        ("application/vnd.iptc.g2.newsitem+xml", None),
        ("application/json", "declared application/json, found newsml-g2"),
        ("text/html; charset=utf-8", "declared text/html, found newsml-g2"),
        ("application/rss+xml", "declared application/rss+xml, found newsml-g2"),
    ],
)
def test_a_declared_type_is_compared_and_never_believed(
    content_type: str | None, told: str | None
) -> None:
    found = item(G2, content_type=content_type)
    remarks = [remark.detail for remark in found.warnings if remark.code == "declared-type"]
    assert remarks == ([told] if told else [])


def test_a_charset_the_sender_states_is_used_over_the_declaration() -> None:
    nitf = '<?xml version="1.0" encoding="utf-8"?>' + NITF.replace(
        "<body/>", "<body><body.head><hedline><hl1>Café</hl1></hedline></body.head></body>"
    )
    found = item(nitf.encode("cp1252"), content_type="text/xml; charset=windows-1252")
    assert found.headline == "Café"
    assert found.raw_ref.used_charset == "cp1252"


def test_a_key_that_is_there_twice_and_binds_nothing_is_remarked_on() -> None:
    found = item('{"uri": "urn:1", "located": "Oslo", "located": "Bergen"}')
    assert found.located == "Bergen"
    assert [(r.code, r.path) for r in found.warnings] == [("duplicate-key", "located")]


def test_the_hash_of_the_bytes_and_their_length_are_kept() -> None:
    raw = item(NITF).raw_ref
    assert (len(raw.sha256), raw.length) == (64, len(NITF))


def test_a_document_with_more_items_than_the_limit_is_refused_whole() -> None:
    with pytest.raises(formats.OverLimit, match="more items in one document"):
        read([{"uri": f"urn:{n}"} for n in range(formats.MOST_ITEMS + 1)])


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (b"[" + b"{}," * 400_000 + b"{}]", "400000 objects and lists"),
        (b'{"uri":"x",' + b",".join(b'"k%d":1' % n for n in range(10_000)) + b"}", "10000 keys"),
        (b'{"uri":"x",' + b'"k":1,' * 10_000 + b'"l":1}', "10000 keys"),
    ],
    ids=["objects", "keys", "the same key"],
)
def test_json_of_more_than_any_delivery_has_is_refused(document: bytes, told: str) -> None:
    with pytest.raises(formats.OverLimit, match=told):
        read(document)
