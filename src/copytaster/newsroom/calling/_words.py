"""A call in words for people, and in JSON for programs.

A call's text may quote the wire. In words it is one line without control characters; in JSON it
is escaped to ASCII, so that no program that shows it raw is surprised.
"""

import json
from datetime import datetime
from datetime import timedelta
from typing import Any

from copytaster.newsroom._latch import Call
from copytaster.newsroom._latch import CallKind
from copytaster.newsroom.terminal import plain


def line(call: Call) -> str:
    """``ALERT feed-gone: ministry: answered 410 …``"""
    match call.kind:
        case CallKind.over:
            return f"ALL CLEAR {call.code}: {call.about} (after {_span(call.at - call.since)})"
        case CallKind.reminder:
            went_on = f"rang {call.times} times since {_time(call.since)}"
            return f"ALERT STILL {call.code}: {call.text} ({went_on})"
        case CallKind.test:
            return f"TEST {call.code}: {call.text}"
        case _:
            return f"ALERT {call.code}: {call.text}"


def letter(call: Call, site: str) -> str:
    """The text of a letter about it."""
    lines = [
        line(call),
        "",
        f"What:   {call.code}",
        f"About:  {call.about}",
        f"Since:  {_time(call.since)}",
        f"Last:   {_time(call.at)}",
        f"Rang:   {call.times} times",
        f"Site:   {site}",
        "",
        "`copytaster doctor` shows everything that is open.",
    ]
    return "".join(plain(one) + "\n" for one in lines)


def facts(call: Call, site: str) -> dict[str, Any]:
    """What programs are given; docs/reference/alerts.md tells the fields."""
    return {
        "kind": call.kind.value,
        "code": call.code,
        "about": call.about,
        "text": call.text,
        "since": call.since.isoformat(),
        "at": call.at.isoformat(),
        "times": call.times,
        "site": site,
    }


def packed(call: Call, site: str) -> bytes:
    """The facts as one line of JSON, in ASCII."""
    return json.dumps(facts(call, site)).encode("ascii") + b"\n"


def _time(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S UTC")


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return f"{int(span.total_seconds())} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
