"""Whose signature is believed, and on whose word.

A policy file that came by another way than the site is worth most; the key that the site named
on an earlier visit, much; the one that it names now, only that all its pages are of one log.
"""

from typing import Final

import msgspec

from copytaster.inspection._errors import NoAnswer
from copytaster.inspection.memory import Memory
from copytaster.inspection.site import LOG
from copytaster.inspection.site import Get
from copytaster.ledger import Malformed
from copytaster.ledger import Policy
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.ledger.policy import Log

_VKEY: Final = f"{LOG}vkey"
_LARGEST = 4096


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """A policy, and where it comes from."""

    policy: Policy
    said: str
    """on whose word it is believed"""
    vkey: str | None = None
    """the site's key, to be remembered; None where a policy was given"""


def given(data: bytes, name: str) -> Trust:
    """By a policy file. Raises :class:`~copytaster.ledger.Malformed`."""
    return Trust(policy=policy.decode(data), said=f"the key is the one in {name}")


def of_site(site: str, get: Get, memory: Memory | None) -> Trust:
    """By the key of an earlier visit; on a first one, by the one that the site names.

    Raises :class:`NoAnswer` and :class:`~copytaster.ledger.Malformed`.
    """
    known = None if memory is None else memory.vkey(site)
    if known is None:
        vkey = _named(get)
        said = "the key is the one that the site itself names (--policy brings one from elsewhere)"
        return Trust(policy=_of_key(vkey), said=said, vkey=vkey)
    return Trust(policy=_of_key(known), said=_known_said(site, known, get, memory), vkey=known)


def of_log(memory: Memory, origin: str) -> Trust | None:
    """By a key that some site named for this log on an earlier visit, without asking it."""
    for site, vkey in memory.vkeys():
        if vkey.startswith(f"{origin}+"):
            return Trust(
                policy=_of_key(vkey),
                said=f"the key is the one that {site} named earlier",
                vkey=vkey,
            )
    return None


def _known_said(site: str, known: str, get: Get, memory: Memory | None) -> str:
    """The site may name another key by now; the one of before stays the measure."""
    try:
        is_same = _named(get) == known
    except (NoAnswer, Malformed):
        is_same = False
    if is_same:
        return "the key is the one that the site named on earlier visits as well"
    place = "" if memory is None else f" Whoever accepts the new one removes {memory.place(site)}."
    return f"the site names another key now than the one of earlier visits, which counts.{place}"


def _named(get: Get) -> str:
    answer = get(_VKEY)
    if answer.status != 200:
        raise NoAnswer(f"the site has no {_VKEY} ({answer.status}): it keeps no public log")
    if len(answer.body) > _LARGEST:
        raise Malformed(f"{_VKEY} has {len(answer.body):,} bytes, too many for a key")
    vkey = answer.body.decode(errors="replace").strip()
    note.decode_vkey(vkey)
    return vkey


def _of_key(vkey: str) -> Policy:
    return Policy(logs=(Log(key=note.decode_vkey(vkey)),))
