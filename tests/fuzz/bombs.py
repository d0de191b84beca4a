"""Documents that are small or regular and cost a careless reader its time or its memory."""

import base64
import gzip
import json
import os
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from html import escape

from bench import wires

MARK = "MARK OF THE BODY"
_MADE = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
SCALE = 1 if "COPYTASTER_FUZZ" in os.environ else 20
"""the plain test run has a twentieth of everything; ``make fuzz`` all of it"""


def _n(times: int) -> int:
    return times // SCALE


_MANY = _n(100_000)
_MILLION = _n(1_000_000)

BODIES: Mapping[str, str] = {
    "elements inside one another": "<div>" * _MANY,
    "marks inside one another": "<b>" * _n(5_000) + "x",
    "a million elements": "<b>x</b>" * _MILLION,
    "paragraphs": "<p>x</p>" * _n(300_000),
    "attributes": "<p " + " ".join(f"a{n}='1'" for n in range(_MANY)) + ">x</p>",
    "one long attribute": f"<p title='{'x' * _n(2_000_000)}'>x</p>",
    "quotes that never end": "<a href=\"'" * _MANY,
    "tags that never end": "<p " * _MANY,
    "comments that never end": "<!--" * _MANY,
    "comments and dashes": "<!--" + "- " * _n(500_000),
    "CDATA sections that never end": "<![CDATA[" * _MANY,
    "brackets": "]]" * _n(500_000),
    "ampersands": "&" * _MILLION,
    "references that never end": "&#" * _n(500_000),
    "references": "&#65;" * _n(500_000),
    "names": "&nbsp;" * _n(300_000),
    "cells": f"<table><tr>{'<td>x</td>' * _MANY}</tr></table>",
    "rows": f"<table>{'<tr><td>x</td></tr>' * _n(50_000)}</table>",
    "list items": f"<ul>{'<li>x</li>' * _MANY}</ul>",
    "breaks": "x<br/>" * _n(200_000),
    "scripts": "<script>x</script>" * _n(50_000),
    "scripts that never end": "<script>" * _MANY,
    "templates inside one another": "<template>" * _n(10_000),
    "formatting carried on": "<p><a><b><i><u>" * _n(3_000),
    "one line": "x" * _n(4_000_000),
    "one word after another": "x " * _n(2_000_000),
    "blanks": "x" + " " * _n(4_000_000) + "x",
    "line ends": "x" + "\n" * _n(2_000_000) + "x",
    "blank lines": " \n" * _MILLION + "x",
    "no-break spaces": "\u00a0" * _MILLION,
    "a notice said again and again": "KILL KILL KILL mandatory kill withdraw " * _n(50_000),
    "hashes": "#\n" * _n(500_000),
    "times": "131137 GMT Nov 13\r\n" * _MANY,
}


def with_body(name: str, body: str) -> bytes:
    """A story of the format with this for its body, written as the format writes bodies."""
    document = wires.WRITERS[name](
        wires.Story(number=1, made=_made(), headline="H", paragraphs=(MARK,))
    )
    return document.replace(MARK.encode(), _written(name, body).encode())


def _made():
    return wires.story(1, size=10).made


def _written(name: str, body: str) -> str:
    if name in ("ap-media", "digitalwires", "json-feed", "ninjs"):
        return json.dumps(body, ensure_ascii=False)[1:-1]
    if name == "atom":
        return escape(body)
    return body


def shapes(name: str) -> Iterator[tuple[str, bytes]]:
    """Bombs that are a whole document, for the kind of document the format is written in."""
    yield from _SHAPES[name]().items()


def _xml(document: bytes, root: str, item: str) -> dict[str, bytes]:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    doctype = f"<!DOCTYPE {root} [<!ENTITY l0 'ha'>{laughs}]>".encode()
    after = document.index(b"?>") + 2
    begin = document.index(b">", after + 1)
    one = _between(document, f"<{item}".encode(), f"</{item}>".encode())
    inner = one.removesuffix(f"</{item}>".encode())
    return {
        "a billion laughs": document[:after]
        + doctype
        + document[after:].replace(MARK.encode(), b"&l11;", 1),
        "an entity of a megabyte, often": document[:after]
        + f"<!DOCTYPE {root} [<!ENTITY l0 '{'x' * _MILLION}'>]>".encode()
        + document[after:].replace(MARK.encode(), b"&l0;" * _n(1000), 1),
        "an outer DTD": document[:after]
        + f'<!DOCTYPE {root} SYSTEM "file:///etc/passwd">'.encode()
        + document[after:],
        "a DOCTYPE that never ends": document[:after] + b"<!DOCTYPE x [" * _MANY,
        "a DOCTYPE of comments": document[:after]
        + b"<!DOCTYPE x ["
        + b"<!-- -->" * _MANY
        + b"]>"
        + document[after:],
        "depth": f"<{root}>".encode() + f"<{item}>".encode() * _MANY,
        "items inside one another": document[: begin + 1] + f"<{item}>".encode() * _n(5_000),
        "items": f"<{root}>{f'<{item}/>' * _MILLION}</{root}>".encode(),
        "items in place": document.replace(
            f"</{root}>".encode(), f"<{item}/>".encode() * _n(300_000) + f"</{root}>".encode()
        ),
        "attributes of the root": document[:begin]
        + b"".join(b' a%d="1"' % n for n in range(_MANY))
        + document[begin:],
        "namespaces": document[:begin]
        + b"".join(b' xmlns:n%d="urn:%d"' % (n, n) for n in range(_n(20_000)))
        + document[begin:],
        "comments": document[:after] + b"<!-- x -->" * _n(200_000) + document[after:],
        "instructions": document[:after] + b"<?x y?>" * _n(200_000) + document[after:],
        "blanks in front": b" " * _n(2_000_000) + document,
        "stray ampersands": document.replace(MARK.encode(), b" & " * _n(300_000)),
        "names of HTML": document.replace(MARK.encode(), b"&eacute;" * _n(300_000)),
        "controls": document.replace(MARK.encode(), b"\x07" * _MILLION),
        "a base64 of nothing": document.replace(
            MARK.encode(), base64.b64encode(gzip.compress(b"\0" * _n(50_000_000)))
        ),
        "wide": document.decode().encode("utf-16") * 2,
        "heavy items inside one another": inner * 90
        + b"<p>x</p>" * _n(60_000)
        + f"</{item}>".encode() * 90,
        "honest items": document.replace(one, one * _n(2_000)),
    }


def _g2(document: bytes) -> dict[str, bytes]:
    item = document[document.index(b"?>") + 2 :]
    message = b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    return {
        **_xml(document, "newsItem", "subject"),
        "a message of honest items": message + item * _n(2_000) + b"</itemSet></newsMessage>",
    }


def _between(document: bytes, begin: bytes, end: bytes) -> bytes:
    """The part that begins and ends so; where it has no end, what begins it."""
    at = document.find(begin)
    ends = document.find(end, at)
    return document[at : ends + len(end)] if 0 <= at < ends else begin + b">"


def _as_json(document: bytes, many: str) -> dict[str, bytes]:
    """``many``: the key of the list that holds the items, or of any list."""
    inner = document.decode()
    return {
        "lists inside one another": b"[" * _MANY,
        "objects inside one another": b'{"a":' * _MANY,
        "objects inside one another, closed": b'{"uri":' * _n(5_000) + b"1" + b"}" * _n(5_000),
        "depth in place": inner.replace(f'"{MARK}"', "[" * _n(5_000) + "]" * _n(5_000), 1).encode(),
        "keys": inner.replace(
            "{", "{" + ",".join(f'"k{n}":1' for n in range(_MANY)) + ",", 1
        ).encode(),
        "the same key": inner.replace("{", "{" + '"x":1,' * _n(500_000), 1).encode(),
        "a number of a million digits": inner.replace(
            "{", '{"version":' + "9" * _MILLION + ",", 1
        ).encode(),
        "a number beyond all": inner.replace("{", '{"x":1e999999999,', 1).encode(),
        "half pairs": inner.replace(MARK, "\\ud83d" * _MANY).encode(),
        "escapes": inner.replace(MARK, "\\u0041" * _n(500_000)).encode(),
        "members": inner.replace(
            "{", '{"' + many + '":[' + "{}," * _n(500_000) + "{}],", 1
        ).encode(),
        "members in a list": b"[" + (document + b",") * _n(2_000) + document + b"]",
        "empty members": b"[" + b"{}," * _MILLION + b"{}]",
        "strings": inner.replace("{", '{"subjects":[' + '"x",' * _n(500_000) + '"x"],', 1).encode(),
        "blanks": b" " * _n(2_000_000) + document,
        "never ends": document[:-1] + b" " * _MILLION,
    }


def _wire(document: bytes) -> dict[str, bytes]:
    marks = {"SOH": b"\x01", "STX": b"\x02", "ETX": b"\x03", "EOT": b"\x04", "SYN": b"\x16"}
    return {
        **{f"{name} again and again": document + mark * _MILLION for name, mark in marks.items()},
        **{f"{name} in front": mark * _MILLION + document for name, mark in marks.items()},
        "messages": document * _n(3_000),
        "heads without ends": document[: document.index(b"\x02") + 1] * _n(20_000),
        "a head of digits": b"\x01" + b"1" * _MILLION + document[1:],
        "a head of blanks": document[:8] + b" " * _MILLION + document[8:],
        "a head of words": document[:8] + b"a 1 " * _n(300_000) + document[8:],
        "a head of lines": document.replace(b"\x02", b"x/\r\n" * _n(200_000) + b"\x02", 1),
        "headlines": document.replace(b"\x02", b"\x02" + b"x =\r\n" * _n(200_000), 1),
        "tables": document.replace(MARK.encode(), b"\x12\x08x;y;z\r\n" * _MANY),
        "marks of type": document.replace(MARK.encode(), b"\x11\x12\x13\x14\x1e\x1f" * _MANY),
        "carets": document.replace(MARK.encode(), b"^x<\r\n" * _MANY),
        "quotes": document.replace(MARK.encode(), b"``x'' " * _MANY),
        "fill": document.replace(MARK.encode(), b"\x00\x7f" * _n(500_000)),
        "eight bits": document.replace(MARK.encode(), bytes(range(0x80, 0x100)) * _n(10_000)),
        "tails": document.replace(b"\x03", b"\x03" + b"AP-WF-11-13-13 1509GMT\r\n" * _n(50_000)),
    }


def _mail(document: bytes) -> dict[str, bytes]:
    def part(number: int) -> bytes:
        return b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)

    inflated = base64.encodebytes(b"x" * _n(3_000_000))
    return {
        "headers": b"X-A: b\n" * _n(200_000) + document,
        "one long header": b"X-A: " + b"b" * _n(2_000_000) + b"\n" + document,
        "a folded header": b"X-A: b\n" + b" c\n" * _n(300_000) + document,
        "a subject of encoded words": b"Subject: "
        + b"=?utf-8?b?eA==?= " * _n(50_000)
        + b"\n"
        + document,
        "an address list": b"From: " + b"a <b@c>, " * _n(50_000) + b"\n" + document,
        "brackets in addresses": b"From: " + b"(" * _MANY + b"\n" + document,
        "parameters": b"Content-Type: text/plain" + b"; a=b" * _MANY + b"\n\nx",
        "continued parameters": b"Content-Type: text/plain"
        + b"".join(b"; a*%d=b" % n for n in range(_n(20_000)))
        + b"\n\nx",
        "parts inside one another": document[: document.index(b"Content-Type")]
        + b"".join(part(number) for number in range(_n(2_000))),
        "mails inside one another": (b"From: a@b\nContent-Type: message/rfc822\n\n" * _n(2_000))
        + document,
        "parts": b"From: a@b\nSubject: x\nMIME-Version: 1.0\n"
        + part(1)
        + b"\nx\n--b1\n" * _n(50_000),
        "boundaries that nearly are": b"From: a@b\nSubject: x\nMIME-Version: 1.0\n"
        + part(1)
        + b"--b\n" * _n(300_000),
        "base64": b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n"
        b"Content-Transfer-Encoding: base64\n\n" + inflated,
        "quoted": b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=41" * _n(500_000),
        "uuencoded": b"From: a@b\nSubject: x\n\nbegin 644 x\nM" + b"x" * 60 + b"\n" * _n(100_000),
        "charset": b"From: a@b\nSubject: x\nContent-Type: text/plain; charset=idna\n\n"
        + b"x" * _n(300_000),
        "another charset": b"From: a@b\nSubject: x\n"
        b"Content-Type: text/plain; charset=unicode_escape\n\n" + b"\\" * _n(99_999),
    }


def _html(document: bytes) -> dict[str, bytes]:
    ld = b'<script type="application/ld+json">'
    head = b"<!DOCTYPE html><html><head>"
    return {
        "data blocks": head + (ld + b'{"@type":"NewsArticle"}</script>') * _n(20_000),
        "data inside data": head
        + ld
        + b'{"@graph":[' * _n(3_000)
        + b"]}" * _n(3_000)
        + b"</script>",
        "a graph": head
        + ld
        + b'{"@graph":['
        + b'{"@type":"NewsArticle","@id":"a"},' * _n(50_000)
        + b"{}]}</script>",
        "scopes inside one another": b"<!DOCTYPE html>"
        + b'<div itemscope itemtype="https://schema.org/NewsArticle">' * _n(10_000),
        "scopes": b"<!DOCTYPE html>"
        + b'<div itemscope itemtype="https://schema.org/NewsArticle"></div>' * _n(30_000),
        "properties": document.replace(
            b"<article>", b"<article>" + b'<b itemprop="articleBody">x</b>' * _n(50_000)
        ),
        "references": document.replace(
            b"<article>", b"<article>" + b'<p itemref="a b c" id="a">' * _n(30_000)
        ),
        "links": document.replace(
            b"</head>",
            b'<link rel="a" href="b"><meta name="a" content="b">' * _n(30_000) + b"</head>",
        ),
        "types": document.replace(
            b'"NewsArticle"', b"[" + b'"NewsArticle",' * _n(50_000) + b'"x"]'
        ),
    }


def _page(document: bytes) -> dict[str, bytes]:
    return {
        "headlines": b"A headline of some words | " * _MANY + b"\n\n" + document,
        "stamps": document.replace(
            b"Updated:", b"Updated: November 20, 2026 06:00 IST" * _n(50_000)
        ),
        "bylines": b"By ANI | Updated: x\n" * _n(50_000) + document,
        "the same line": b"The same line\n\n" * _MANY + document,
        "brackets": document + b"(" * _MILLION,
        "disclosures": document
        + b"(This post has been auto-published from an agency feed" * _n(20_000),
    }


def _document(name: str) -> bytes:
    return with_body(name, MARK)


_SHAPES: Mapping[str, Callable[[], dict[str, bytes]]] = {
    "anpa-1312": lambda: _wire(_document("anpa-1312")),
    "ap-media": lambda: _as_json(_document("ap-media"), "data"),
    "atom": lambda: _xml(_document("atom"), "feed", "entry"),
    "digitalwires": lambda: _as_json(_document("digitalwires"), "associations"),
    "iptc-7901": lambda: _wire(_document("iptc-7901")),
    "json-feed": lambda: _as_json(_document("json-feed"), "items"),
    "mail": lambda: _mail(_document("mail")),
    "newsml-1": lambda: _xml(_document("newsml-1"), "NewsML", "NewsItem"),
    "newsml-g2": lambda: _g2(_document("newsml-g2")),
    "ninjs": lambda: _as_json(_document("ninjs"), "associations"),
    "nitf": lambda: _xml(_document("nitf"), "nitf", "block"),
    "page-text": lambda: _page(_document("page-text")),
    "rss": lambda: _xml(_document("rss"), "rss", "item"),
    "schema-org": lambda: _html(_document("schema-org")),
}
