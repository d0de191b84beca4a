"""A story's proof addresses: ``/s/<id>.tlog-proof``, and the same after ``/v<n>``.

While an edition can be read, its proof opens the commitment to its text: it carries the salt.
Nothing else here ever does. What was taken back is proved to have been, by the entry that says
so, and the proofs that could open its text are gone with it (design §6).
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from copytaster.ledger import LedgerError
from copytaster.ledger import checkpoint
from copytaster.ledger import proof
from copytaster.ledger import tiles
from copytaster.ledger.proof import Extra
from copytaster.ledger.proof import Proof
from copytaster.ledger.proving import Prover
from copytaster.store import Face
from copytaster.store import Leaf
from copytaster.store import Story
from copytaster.web import _answer
from copytaster.web._door import Newsroom

_EDITIONS = ("published", "updated")
_GONE = "This edition was taken back; so was the proof of its text.\n"
_NOT_YET = "This is not in the log yet; try again in a second.\n"
_SOON = "2"
"""seconds; new entries are signed within as many"""


def edition(newsroom: Newsroom, request: Request, story: Story, number: int) -> Response | None:
    """The proof of an edition that can be read, with the salt of its text; None where the log
    knows nothing of it: it was public before there was a log."""
    leaves = newsroom.store.log.of(story.id)
    made = [one for one in leaves if one.event in _EDITIONS and one.edition == number]
    if not made:
        return None
    opening = newsroom.store.log.opening(made[-1].position)
    body = _proof(newsroom, made[-1], opening.text if opening is not None else None)
    if body is None:
        return _not_yet()
    # Each checkpoint makes other bytes: a proof is as good as the one that was there before.
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept_out = {"x-robots-tag": "noindex"}
    return _answer.answer(request, body, _answer.TEXT, etag=etag, more=kept_out)


def withdrawal(newsroom: Newsroom, story: Story) -> Response | None:
    """The proof of what was last logged of a story that is not live: never a salt."""
    leaves = newsroom.store.log.of(story.id)
    if not leaves:
        return None
    body = _proof(newsroom, leaves[-1], None)
    return _answer.notice(body, _answer.TEXT, 200) if body is not None else _not_yet()


def gone(newsroom: Newsroom, story: Story, number: int, link: str | None) -> Response:
    """In the place of the proof of an edition that cannot be read any more: the proof that it
    was taken back, where the log has that. ``link`` says who demanded it, for a legal order."""
    status = 410 if story.face is Face.live else story.face.status
    leaves = newsroom.store.log.of(story.id)
    taking = [one for one in leaves if one.event not in _EDITIONS and one.edition in (None, number)]
    body = _proof(newsroom, taking[-1], None) if taking else None
    return _answer.notice(body or _GONE.encode(), _answer.TEXT, status, link)


def _proof(newsroom: Newsroom, leaf: Leaf, salt: bytes | None) -> bytes | None:
    """None while no checkpoint holds the entry."""
    read = newsroom.pressroom.folder.log.read
    served = read(tiles.CHECKPOINT)
    if served is None:
        return None
    try:
        size = checkpoint.read(served).checkpoint.size
        if leaf.position >= size:
            return None
        hashes = Prover(size, read).inclusion(leaf.position)
    except LedgerError:
        return None
    extra = proof.encode_extra(Extra(leaf=leaf.bytes, salt=salt))
    return proof.encode(
        Proof(index=leaf.position, hashes=tuple(hashes), checkpoint=served, extra=extra)
    )


def _not_yet() -> Response:
    headers = {**_answer.SECURITY, "retry-after": _SOON, "cache-control": _answer.NO_STORE}
    return Response(_NOT_YET, 503, headers, media_type=_answer.TEXT)
