"""What is left of a record once its words are destroyed.

No digest of them is left either: whoever has the text could confirm for ever that it was here
(handbook: ledger §1.2). A guid often has the headline in it, and must still be known when it is
sent again; so a digest stands for it that only the store can make, with a key of its own.
"""

import hashlib
import secrets
from collections.abc import Iterable

import msgspec

from copytaster import shelf
from copytaster.item import Association
from copytaster.item import Embargo
from copytaster.item import GroupRef
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Target
from copytaster.store._erasure_port import token
from copytaster.story import Reason

ERASURE_KEY = "erasure-key"
"""the setting with what only this store knows, and a store that is restored from it"""
_KEY_BYTES = 32
_GUID_BYTES = 20


def new_key() -> str:
    """What only this store knows."""
    return secrets.token_hex(_KEY_BYTES)


def new_digest() -> str:
    """What stands in the place of a SHA-256: it tells of nothing."""
    return secrets.token_hex(hashlib.sha256().digest_size)


def guid_token(key: str, agency: str, guid: str) -> str:
    """What stands in the place of this guid."""
    named = f"{agency}\0{guid}".encode(errors="surrogatepass")
    digest = hashlib.blake2b(named, key=bytes.fromhex(key), digest_size=_GUID_BYTES)
    return token(digest.hexdigest())


def hollow(item: Item, guid: str, content_hash: str, *, spare: bool) -> Item:
    """What ranks a message and what it asks for, and nothing it says. ``spare``: its story goes
    on, so what its licence said goes on as well."""
    return Item(
        provider=item.provider,
        guid=guid,
        item_class=item.item_class,
        type=item.type,
        version=item.version,
        version_number=item.version_number,
        version_created=item.version_created,
        first_created=item.first_created,
        content_hash=content_hash,
        pub_status=item.pub_status,
        hold_reason=item.hold_reason,
        status_scope=item.status_scope,
        embargo=Embargo(state=item.embargo.state, until=item.embargo.until),
        expires=item.expires,
        editorial_types=item.editorial_types,
        partial=item.partial,
        language=item.language,
        restrictions=item.restrictions if spare else (),
        use_from=item.use_from,
        retain_until=item.retain_until,
        raw_ref=RawRef(sha256=new_digest(), length=0),
        format=item.format,
        parser_version=item.parser_version,
    )


def hollow_target(target: Target) -> Target:
    """What a notice asks for, without the names by which it does."""
    return Target(
        kind=target.kind,
        new_status=target.new_status,
        when=target.when,
        suspected=target.suspected,
        tentative=target.tentative,
        turn=target.turn,
        score=target.score,
        substitute=target.substitute,
    )


def sibling(item: Item, sha256: str, guid: str, token: str) -> Item:
    """The item of a story that came in the same bytes: it points to what stands in their place,
    and where it names the erased one (a package does, with its headline) says no word of it."""
    if guid == token:  # the story stays
        return _with_raw(item, sha256)
    return msgspec.structs.replace(
        _with_raw(item, sha256),
        groups=tuple(
            msgspec.structs.replace(
                group, refs=tuple(_unsaid(ref, guid, token) for ref in group.refs)
            )
            for group in item.groups
        ),
        associations=tuple(_unsaid_beside(one, guid, token) for one in item.associations),
    )


def _with_raw(item: Item, sha256: str) -> Item:
    raw_ref = msgspec.structs.replace(item.raw_ref, sha256=sha256)
    return msgspec.structs.replace(item, raw_ref=raw_ref)


def _unsaid(ref: GroupRef, guid: str, token: str) -> GroupRef:
    return msgspec.structs.replace(ref, uri=token, headline=None) if ref.uri == guid else ref


def _unsaid_beside(one: Association, guid: str, token: str) -> Association:
    if one.uri != guid:
        return one
    return Association(
        name=one.name, role=one.role, uri=token, type=one.type, pub_status=one.pub_status
    )


def bare(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons without what they quote."""
    said = (one if one.code == "erased" else Reason(code=one.code) for one in reasons)
    return tuple(dict.fromkeys(said))


def bare_shelves(shelves: Iterable[str]) -> tuple[str, ...]:
    """Sections are the house's own; a topic or a place is named by what the story says."""
    return shelf.named("section", shelf.codes("section", shelves))
