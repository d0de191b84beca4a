"""One story, or one edition of it, checked at its addresses: four lines.

What the page shows, and its other forms, must be what the log's entry commits to; or, of a story
that was taken back, nothing. The arithmetic is the ledger's (``ledger.checking``); what is added
here is looking.
"""

from collections.abc import Callable
from collections.abc import Sequence
from typing import Final

import msgspec

from copytaster.inspection import site
from copytaster.inspection import words
from copytaster.inspection._errors import NoAddress
from copytaster.inspection._errors import NoAnswer
from copytaster.inspection.site import Answer
from copytaster.inspection.site import Get
from copytaster.inspection.site import Target
from copytaster.inspection.trust import Trust
from copytaster.ledger import Case
from copytaster.ledger import Check
from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import LedgerError
from copytaster.ledger import Policy
from copytaster.ledger import Read
from copytaster.ledger import check
from copytaster.ledger import leaf
from copytaster.ledger import proof
from copytaster.ledger.checking import APPEND_ONLY
from copytaster.ledger.checking import INCLUDED
from copytaster.ledger.checking import SIGNED
from copytaster.ledger.checking import TEXT

PROOF: Final = ".tlog-proof"
_TRIES: Final = 5
_PAUSE: Final = 2.0
"""seconds; new entries of a log are signed within as many"""
_NOBODY: Final = Policy()
_STATUSES: Final = {
    Kind.held: (200,),
    Kind.killed: (410, 451),
    Kind.expired: (410,),
    Kind.erased: (410, 451),
}
"""what the address of a story answers that is not shown (docs/reference/addresses.md)"""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: the four checks, in the order in which a reader asks."""

    checks: tuple[Check, ...]
    event: Event | None = None
    """what the proof tells of; None where there was none to be read"""
    checkpoint: bytes | None = None
    """of the log as it stands now, if it was read and everything holds"""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return all(one.passed is not False for one in self.checks)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the addresses of a story answered."""

    page: Answer
    text: Answer
    json: Answer
    proof: Answer


def verify(
    target: Target,
    get: Get,
    trust: Trust,
    *,
    older: bytes | None = None,
    pause: Callable[[float], None],
) -> Verdict:
    """Check a story where it can be read.

    A story may move between two requests, so what does not hold is looked at once more.
    ``older`` is a checkpoint of the log that was kept from before; ``pause`` waits for so many
    seconds. Raises :class:`NoAnswer`, and :class:`NoAddress` where there is no such story.
    """
    found = _looked(target, get, trust, older, pause)
    if not found.holds:
        pause(_PAUSE)
        found = _looked(target, get, trust, older, pause)
    return found


def _looked(
    target: Target, get: Get, trust: Trust, older: bytes | None, pause: Callable[[float], None]
) -> Verdict:
    shown = fetch(target, _patient(get, pause))
    if shown.page.status == shown.proof.status == 404:
        raise NoAddress(f"{target.url}: there is no such story (404)")
    read = site.log_of(get)
    newest = site.checkpoint_of(read)
    verdict = judge(target, shown, trust, older=older, read=read)
    return msgspec.structs.replace(verdict, checkpoint=newest) if verdict.holds else verdict


def fetch(target: Target, get: Get) -> Shown:
    """What a story's addresses answer now. Raises :class:`NoAnswer`."""
    return Shown(
        proof=get(f"{target.path}{PROOF}"),
        page=get(target.path),
        text=get(f"{target.path}.txt"),
        json=get(f"{target.path}.json"),
    )


def judge(
    target: Target,
    shown: Shown,
    trust: Trust,
    *,
    older: bytes | None = None,
    read: Read | None = None,
) -> Verdict:
    """What they say, held against the proof among them. ``read`` gets the log's files."""
    if not shown.proof.body.startswith(proof.HEADER.encode()):
        return Verdict(checks=_without_proof(target, shown))
    on_page = words.of_page(shown.page)
    case = Case(
        proof=shown.proof.body,
        policy=trust.policy,
        text=None if on_page is None else on_page.encode(errors="surrogatepass"),
        story=target.story,
        edition=target.edition,
        older=older,
        read=read,
    )
    event = _told(shown.proof.body)
    checks = tuple(
        _with_forms(one, event, shown, on_page) if one.name == TEXT else _with_trust(one, trust)
        for one in check(case)
    )
    return Verdict(checks=checks, event=event)


def _patient(get: Get, pause: Callable[[float], None]) -> Get:
    """The same, waiting where a site asks to come back in a moment."""

    def asked(path: str) -> Answer:
        for _ in range(_TRIES):
            answer = get(path)
            if answer.status != 503:
                return answer
            pause(_PAUSE)
        raise NoAnswer(f"{path} still answers 503 after {_TRIES} tries; try again later")

    return asked


def _without_proof(target: Target, shown: Shown) -> tuple[Check, ...]:
    where = f"{target.path}{PROOF}"
    said = f"{where} answers {shown.proof.status} and is no proof: the page stands for itself alone"
    if shown.page.status != 200:
        said = (
            f"the page answers {shown.page.status}, and {where} is no proof: "
            "nothing says that the story was taken back"
        )
    unasked = "there is no proof to look at"
    return (
        Check(name=TEXT, passed=False, said=said),
        Check(name=INCLUDED, passed=False, said=unasked),
        Check(name=SIGNED, passed=None, said=unasked),
        Check(name=APPEND_ONLY, passed=None, said=unasked),
    )


def _told(data: bytes) -> Event | None:
    """What a proof tells of, nothing of it checked."""
    try:
        extra = proof.decode(data).extra
        return None if extra is None else leaf.decode(proof.decode_extra(extra).leaf)
    except LedgerError:
        return None


def _with_trust(one: Check, trust: Trust) -> Check:
    if one.name != SIGNED:
        return one
    return Check(name=SIGNED, passed=one.passed, said=f"{one.said}; {trust.said}")


# --- what the forms show beside the proof ---------------------------------------------------------


def _with_forms(one: Check, event: Event | None, shown: Shown, on_page: str | None) -> Check:
    """The first check, with what page, text and JSON show beside the proof."""
    if event is None:
        return one
    faults = _showing(shown, on_page) if event.text is not None else _ended(event, shown)
    if one.passed and not faults:
        return one
    told = [one.said] if one.passed is False else []
    return Check(name=TEXT, passed=False, said="; ".join([*told, *faults]))


def _showing(shown: Shown, on_page: str | None) -> list[str]:
    """What is wrong with the addresses of an edition that can be read."""
    if shown.page.status != 200:
        status = shown.page.status
        return [f"the page answers {status}, and nothing in the proof says that it was taken back"]
    if on_page is None:
        return ["the page marks no text as the agency's"]
    if shown.text.status != 200:
        return [f"the text by itself (.txt) answers {shown.text.status}"]
    if shown.text.body != on_page.encode(errors="surrogatepass"):
        as_text = shown.text.body.decode(errors="replace")
        parted = words.parting(on_page, as_text, ("the page", "the text by itself (.txt)"))
        return [parted or "the text by itself (.txt) is not in UTF-8"]
    in_json = words.of_json(shown.json)
    if in_json is not None and in_json != on_page:
        return [words.parting(on_page, in_json, ("the page", "its JSON")) or "its JSON differs"]
    return []


def _ended(event: Event, shown: Shown) -> list[str]:
    """What is wrong with the addresses of what was taken back."""
    allowed = _STATUSES.get(event.kind, (200,))
    forms = {"the page": shown.page, "its text (.txt)": shown.text, "its JSON": shown.json}
    return [
        f"{name} answers {answer.status} where {' or '.join(map(str, allowed))} must stand"
        for name, answer in forms.items()
        if answer.status not in allowed
    ]


# --- files that were kept ------------------------------------------------------------------------


def verify_kept(
    kept: bytes | None, proved: bytes, trust: Trust | None, older: bytes | None = None
) -> Verdict:
    """Check what somebody kept, without asking anybody: a page or a text, and its proof.

    Without a key only the arithmetic is looked at, and the rest is said to be left out.
    """
    text = None if kept is None else _text_in(kept)
    if trust is None:
        checks: Sequence[Check] = check(Case(proof=proved, policy=_NOBODY, text=text))
        unasked = "no key is known to check the signature by; name a policy with --policy"
        signed = {SIGNED: unasked, APPEND_ONLY: unasked}
        return Verdict(
            checks=tuple(
                Check(name=one.name, passed=None, said=signed[one.name])
                if one.name in signed
                else one
                for one in checks
            ),
            event=_told(proved),
        )
    case = Case(proof=proved, policy=trust.policy, text=text, older=older)
    return Verdict(
        checks=tuple(_with_trust(one, trust) for one in check(case)), event=_told(proved)
    )


def _text_in(kept: bytes) -> bytes:
    """The text of a saved page; of anything else, all of it."""
    if b"data-copy=" not in kept:
        return kept
    text = words.of_page(Answer(status=200, body=kept))
    if text is None:
        raise NoAddress("the saved page marks no text as the agency's, or more than one")
    return text.encode(errors="surrogatepass")
