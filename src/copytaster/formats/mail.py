"""An e-mail (RFC 5322 and MIME) whose words are a story, or that brings wire files.

Pure: the message is a value, and nothing is fetched. A wire file that came attached is read
like any other delivery and the mail is only its envelope. Who sent a mail is never proof of
anything: ``From`` is told as a remark and the agency is whose mailbox it is. What is read from
where, and what is left out: ``docs/reference/formats-mail.md``.
"""

import hashlib
import re

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._hash import seal
from copytaster.formats._mail_detect import ENVELOPE
from copytaster.formats._mail_detect import claims
from copytaster.formats._mail_form import Form
from copytaster.formats._mail_form import form
from copytaster.formats._mail_headers import Headers
from copytaster.formats._mail_headers import split
from copytaster.formats._mail_parts import Content
from copytaster.formats._mail_parts import Count
from copytaster.formats._mail_parts import Part
from copytaster.formats._mail_parts import Parts
from copytaster.formats._mail_parts import as_words
from copytaster.formats._mail_parts import kind_of
from copytaster.formats._mail_parts import octets
from copytaster.formats._mail_parts import take_apart
from copytaster.formats._mail_words import joined
from copytaster.formats._mail_words import unflowed
from copytaster.formats._mail_words import words_of
from copytaster.formats._moments import undated
from copytaster.formats._reading import parse
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import FormatError
from copytaster.formats._types import NotAFeed
from copytaster.formats._types import Octets
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unknown
from copytaster.formats._types import Unreadable
from copytaster.formats._types import bad_item
from copytaster.formats._types import no_more_than_allowed
from copytaster.formats._words import Words
from copytaster.item import AltId
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.moment import Moment
from copytaster.moment import rfc822

_NAME = FormatName(name="mail")
_LARGEST = 32 * 1024 * 1024
_DEEPEST_MAIL = 3
"""A mail in a mail in a mail: deeper ones are set aside."""
_MOST_REFERENCES = 50

_MBOX = re.compile(rb"\n\r?\nFrom \S+ [A-Z][a-z]{2} [A-Z][a-z]{2} [^\n]*+\n[!-9;-~]{2,76}:")

_REPLY = re.compile(r"\s*(?:re|fwd?|aw|wg|sv|tr|rv)(?:\[\d+\])?\s*:", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
_COMMENT = re.compile(r"\s*\([^()]*\)\s*\Z")
_MEDIA = ("image/", "audio/", "video/", "font/")
_CLOSED = frozenset(
    (
        *("application/pkcs7-mime", "application/x-pkcs7-mime"),
        *("application/pgp-encrypted", "multipart/encrypted"),
    )
)
_WIRE_STARTS = ("{", "[", "<", "\x01", "\x16")


def read(document: Octets, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """The story in the mail, or the items of what it brings. Raises Unreadable, OverLimit."""
    if len(document.data) > _LARGEST:
        raise OverLimit(f"mail: {len(document.data)} bytes, the limit is {_LARGEST}")
    parsed = _Mail(document.data, raw, profile, context, 0, Count()).parsed()
    no_more_than_allowed(parsed.items)
    return parsed


class _Mail:
    """One mail, or one inside another."""

    def __init__(
        self,
        data: bytes,
        raw: RawRef,
        profile: Profile,
        context: Context,
        depth: int,
        count: Count,
    ) -> None:
        envelope = ENVELOPE.match(data)
        if _MBOX.search(data) and envelope and b"From " in envelope.group():
            raise Unreadable("mail: a mailbox with several mails; send each by itself")
        self.headers, self.body = split(data[envelope.end() if envelope else 0 :])
        if not self.headers.fields:
            raise Unreadable("mail: no header field in front of the first empty line")
        self.data = data
        self.raw = raw
        self.profile = profile
        self.context = context
        self.depth = depth
        self.count = count

    @property
    def message_id(self) -> str | None:
        said = self.headers.plain("message-id") or ""
        found = _MESSAGE_ID.search(said)
        return (found.group(1) if found else said) or None

    def parsed(self) -> Parsed:
        if _is_report(self.headers):
            subject = self.headers.said("subject")
            code, detail = "mail-report", subject.text[:200] if subject else None
            aside = SetAside(guid=self.message_id, code=code, detail=detail)
            return Parsed(format=_NAME, aside=(aside,))
        parts = take_apart(self.headers, self.body, self.count)
        brought = self._brought(parts)
        if brought.items or brought.failed:
            return self._enveloped(brought)
        parts, brought = _with_only_text(parts, brought)
        try:
            found: tuple[Item, ...] = (self._story(parts),)
            failed: tuple[BadItem, ...] = ()
        except text.TextError as error:
            found, failed = (), (bad_item(0, self.message_id, error),)
        return msgspec.structs.replace(brought, items=found, failed=failed)

    # --- what it brings ------------------------------------------------------------------------

    def _brought(self, parts: Parts) -> Parsed:
        """Items of attached wire files, and what else was attached, by its name."""
        found = [self._attached(part, index) for index, part in enumerate(parts.attached)]
        if len(parts.words) == 1 and (inline := self._inline(parts.words[0])) is not None:
            found.append(inline)
        return Parsed(
            format=_NAME,
            items=tuple(item for parsed in found for item in parsed.items),
            aside=tuple(aside for parsed in found for aside in parsed.aside),
            failed=tuple(bad for parsed in found for bad in parsed.failed),
        )

    def _attached(self, part: Part, index: int) -> Parsed:
        aside = SetAside(guid=None, code="attachment", detail=_named(part))
        left = Parsed(format=_NAME, aside=(aside,))
        if part.kind.startswith(_MEDIA):
            return left
        try:
            data = octets(part)
        except ValueError as error:
            if not part.kind.endswith(("xml", "json")):
                return left
            told = Unreadable(f"mail: {_named(part)} cannot be decoded: {error}")
            return Parsed(format=_NAME, failed=(bad_item(index, None, told),))
        if not data.strip():
            return left
        try:
            return self._read(data, part)
        except (Unknown, NotAFeed):
            return left
        except FormatError as error:
            is_file = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] in (b"<", b"{", b"[")
            if not is_file and not isinstance(error, OverLimit):
                return left
            return Parsed(format=_NAME, failed=(bad_item(index, None, error),))

    def _inline(self, part: Part) -> Parsed | None:
        """A wire file in the place of the words; None when the words are words."""
        if part.kind != "text/plain":
            return None
        # What flows differs in blanks and breaks only, so how it starts is seen before.
        start = part.content.value.lstrip("\ufeff \t\r\n")[:1]
        if not start or start not in _WIRE_STARTS:
            return None
        value = unflowed(part, part.content.value)
        try:
            # JSON is UTF-8 by its own standard; XML declares itself, or the mail does.
            return self._read(value.encode() if start in "{[" else octets(part), part)
        except (FormatError, ValueError):
            return None

    def _read(self, data: bytes, part: Part) -> Parsed:
        inner = msgspec.structs.replace(self.context, content_type=part.declared)
        if part.kind != "message/rfc822" and not claims(Sniff(head="", data=data)):
            return parse(data, self.profile, inner)
        if self.depth >= _DEEPEST_MAIL:
            raise Unknown("mail: a mail inside a mail, deeper than is read")
        raw = RawRef(
            sha256=hashlib.sha256(data).hexdigest(), length=len(data), content_type=part.declared
        )
        return _Mail(data, raw, self.profile, inner, self.depth + 1, self.count).parsed()

    def _enveloped(self, brought: Parsed) -> Parsed:
        """Items that came in this mail carry its id; its own words are a cover note."""
        ids = self._alt_ids(own=True)
        remarks = self._remarks()
        items = tuple(
            msgspec.structs.replace(
                item, alt_ids=item.alt_ids + ids, warnings=item.warnings + remarks
            )
            for item in brought.items
        )
        subject = self.headers.said("subject")
        cover = SetAside(
            guid=self.message_id,
            code="mail-cover",
            detail=subject.text[:200] if subject else None,
        )
        return msgspec.structs.replace(brought, items=items, aside=(*brought.aside, cover))

    # --- a story -------------------------------------------------------------------------------

    def _story(self, parts: Parts) -> Item:
        sent = self._date("date")
        expires = self._date("expires")
        filled = self._form(parts)
        words = filled.words if filled else self._words(parts)
        headline = self._headline(filled)
        status = _status.missing_status(self.profile)
        repairs = words.repairs
        repairs += tuple(m.repair for m in (sent, expires) if m is not None and m.repair)
        holds = status.holds + words.holds + self._holds(parts) + undated(sent)
        remarks = words.remarks + self._remarks()
        if (subject := self.headers.said("subject")) is not None:
            repairs += subject.repairs
            if not subject.sound:
                holds += ("field-malformed",)
                remarks += (
                    Remark(code="field-malformed", path="Subject", detail=subject.text[:200]),
                )
        if expires is not None and expires.instant is None:
            holds += ("field-malformed",)
            remarks += (Remark(code="field-malformed", path="Expires", detail=expires.raw[:200]),)
        item = Item(
            provider=self.profile.id,
            guid=self._guid(),
            alt_ids=self._alt_ids(),
            feed_id=self.headers.plain("list-id"),
            version_created=sent,
            sent=sent,
            content_hash="",
            pub_status=status.pub_status,
            hold_reason=tuple(dict.fromkeys(holds)),
            expires=expires,
            headlines=(Headline(value=headline),) if headline else (),
            keywords=self._keywords(),
            language=self._language(),
            priority=self.headers.plain("importance") or self.headers.plain("x-priority"),
            bodies=self._bodies(parts),
            body_kind=self._body_kind(parts, filled),
            copy=words.copy if self.context.words else Words().copy,
            raw_ref=self.raw,
            format=_NAME,
            repairs=tuple(dict.fromkeys(repairs)),
            warnings=remarks,
        )
        return seal(_with_answers(item, filled) if filled else item)

    def _words(self, parts: Parts) -> Words:
        if not self.context.words:
            return Words()
        words = joined([words_of(part, self.profile) for part in parts.words])
        if len(parts.words) == 1 and _looks_like_a_file(words):
            remark = Remark(
                code="body-type-unknown", path="body", detail="a file in no known format"
            )
            words = msgspec.structs.replace(
                words, holds=(*words.holds, "body-type-unknown"), remarks=(*words.remarks, remark)
            )
        return words

    def _form(self, parts: Parts) -> Form | None:
        if len(parts.words) != 1 or parts.words[0].kind != "text/plain":
            return None
        return form(unflowed(parts.words[0], parts.words[0].content.value))

    def _bodies(self, parts: Parts) -> tuple[Body, ...]:
        """The parts as sent, out of their transfer encoding: the words first."""
        found: list[tuple[Part, Content, str | None]] = [
            (part, part.content, None) for part in parts.words
        ]
        found += [(part, part.content, "alternative") for part in parts.others]
        return tuple(
            Body(
                value=said.value,
                content_type=part.kind,
                role=role,
                sha256=hashlib.sha256(said.value.encode("utf-8", "surrogatepass")).hexdigest(),
                repairs=said.repairs,
            )
            for part, said, role in found
            if said.value.strip()
        )

    def _body_kind(self, parts: Parts, filled: Form | None) -> BodyKind:
        has = filled.get("body") if filled else any(p.content.value.strip() for p in parts.words)
        return BodyKind.full if has else BodyKind.none

    def _headline(self, filled: Form | None) -> str | None:
        if filled is not None:
            return filled.get("headline")
        subject = self.headers.said("subject")
        return subject.text or None if subject else None

    def _guid(self) -> str:
        given = self.message_id
        if given is None:
            return f"sha256:{hashlib.sha256(self.data).hexdigest()}"
        if len(given) > LONGEST_ID:
            raise Unreadable(f"mail: a Message-ID of {len(given)} characters: over {LONGEST_ID}")
        return given

    def _holds(self, parts: Parts) -> tuple[str, ...]:
        holds = [] if self.message_id else ["guid-missing"]
        holds += ["guid-missing"] if len(set(self.headers.all("message-id"))) > 1 else []
        closed = kind_of(self.headers) in _CLOSED or any(p.kind in _CLOSED for p in parts.attached)
        holds += ["body-unreadable"] if closed else []
        # A reply is talk about copy; and of two subjects none can be believed.
        subject = self.headers.said("subject")
        holds += ["type-unknown"] if subject and _REPLY.match(subject.text) else []
        holds += ["field-malformed"] if len(set(self.headers.all("subject"))) > 1 else []
        return tuple(holds)

    def _alt_ids(self, *, own: bool = False) -> tuple[AltId, ...]:
        found = [AltId(role="message-id", value=self.message_id)] if own and self.message_id else []
        for role in ("in-reply-to", "references"):
            ids = _MESSAGE_ID.findall(self.headers.plain(role) or "")[-_MOST_REFERENCES:]
            found += [AltId(role=role, value=value[:LONGEST_ID]) for value in ids]
        return tuple(found)

    def _remarks(self) -> tuple[Remark, ...]:
        """Who says that he sent it, and to whom: for the desk, and proof of nothing."""
        found = []
        for name in ("from", "to"):
            said = self.headers.said(name)
            if said is not None and said.text:
                found.append(Remark(code=f"mail-{name}", path=name.title(), detail=said.text[:200]))
        return tuple(found)

    def _keywords(self) -> tuple[str, ...]:
        said = self.headers.said("keywords")
        found = (word.strip() for word in said.text.split(",")) if said else ()
        return tuple(dict.fromkeys(word for word in found if word))

    def _language(self) -> str | None:
        tag = (self.headers.plain("content-language") or "").split(",")[0].strip()
        return tag or None

    def _date(self, name: str) -> Moment | None:
        """RFC 5322 §3.3, without the comment behind it (``(PST)``)."""
        raw = self.headers.plain(name)
        if raw is None:
            return None
        found = rfc822(_COMMENT.sub("", raw[:200]), self.profile.zone_rules)
        return msgspec.structs.replace(found, raw=raw[:200])


def _with_answers(item: Item, filled: Form) -> Item:
    """What a form says beside headline and body."""
    abstract, genre, category = (filled.get(n) for n in ("abstract", "genre", "category"))
    return msgspec.structs.replace(
        item,
        slugline=filled.get("slugline"),
        by=filled.get("byline"),
        dateline=filled.get("dateline"),
        located=filled.get("place"),
        priority=filled.get("priority"),
        descriptions=(Description(value=abstract, role="abstract"),) if abstract else (),
        genres=(Concept(literal=genre, name=genre),) if genre else (),
        subjects=(Concept(literal=category, name=category),) if category else (),
    )


def _is_report(headers: Headers) -> bool:
    """A machine's answer to a mail (RFC 3834 §5, RFC 6522), or an invitation: never copy."""
    submitted = (headers.plain("auto-submitted") or "").lower()
    answers = submitted.startswith("auto-replied") or headers.raw("x-autoreply") is not None
    return answers or kind_of(headers) in ("multipart/report", "text/calendar")


def _with_only_text(parts: Parts, brought: Parsed) -> tuple[Parts, Parsed]:
    """A mail without words whose one text came under a file name: that text is its words."""
    texts = [(part, words) for part in parts.attached if (words := as_words(part)) is not None]
    if parts.words or len(texts) != 1:
        return parts, brought
    named, words = texts[0]
    rest = tuple(part for part in parts.attached if part is not named)
    told = [aside for aside in brought.aside if aside.detail == _named(named)][:1]
    aside = tuple(one for one in brought.aside if not any(one is said for said in told))
    return (
        Parts(words=(words,), others=parts.others, attached=rest),
        msgspec.structs.replace(brought, aside=aside),
    )


def _named(part: Part) -> str:
    return f"{part.name}: {part.kind}" if part.name else part.kind


def _looks_like_a_file(words: Words) -> bool:
    first = text.first_paragraph(words.copy) or ""
    return first.lstrip()[:1] in ("{", "<") or first.lstrip().startswith("[{")


FORMAT = Format(name="mail", claims=claims, read=read, document="octets")
