"""An agency is told once, and only once; over real mail and web servers on loopback."""

import asyncio
import hashlib
import hmac
import json
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.smtp import SMTP
from aiosmtpd.smtp import Envelope

from copytaster.agency import Acknowledge
from copytaster.newsroom import orders
from copytaster.newsroom.acknowledging._sender import FIRST_WAIT
from copytaster.newsroom.acknowledging._sender import LONGEST_WAIT
from copytaster.newsroom.acknowledging._sender import MOST_ATTEMPTS
from copytaster.newsroom.acknowledging._sender import Acknowledging
from copytaster.newsroom.acknowledging._sender import Sender
from copytaster.newsroom.acknowledging._ways import ways
from copytaster.newsroom.calling import IDLE
from copytaster.store import Acknowledgement
from copytaster.store import Full
from copytaster.wire import networks
from tests.newsroom import live as lives
from tests.newsroom import making
from tests.newsroom import smtp
from tests.newsroom.asking import CONTACT
from tests.newsroom.asking import DESK
from tests.newsroom.asking import KILL
from tests.newsroom.asking import LOOPBACK
from tests.newsroom.asking import facts
from tests.newsroom.asking import owed
from tests.newsroom.asking import profile
from tests.newsroom.asking import prove
from tests.newsroom.asking import sender
from tests.newsroom.asking import settings
from tests.newsroom.asking import step
from tests.newsroom.asking import with_mail
from tests.newsroom.calls import Calls
from tests.newsroom.live import until
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import GUID
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.newsroom.test_calling import Hook
from tests.newsroom.test_terminal import HOSTILE
from tests.store.contract_outbox import acknowledgement

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    asks = profile(tmp_path / "agencies", f'email = "{DESK}"')
    with making.house(tmp_path / "data", settings(asks)) as opened:
        yield opened


@pytest.fixture
async def killed(house: House) -> House:
    """A house that owes its agency a letter."""
    house.send()
    house.send(**KILL)
    await prove(house)
    return house


@pytest.fixture
async def hooked(house: House) -> House:
    """A house that owes its agency a post."""
    asked = msgspec.structs.replace(
        house.desk.house.profile(AGENCY), acknowledge=Acknowledge(url="https://seaboard.example/")
    )
    house.desk.house = msgspec.structs.replace(house.desk.house, profiles={AGENCY: asked})
    house.send()
    house.send(**KILL)
    await prove(house)
    return house


@pytest.fixture
def mailbox() -> smtp.Mailbox:
    return smtp.Mailbox()


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    place = Hook()
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0)
    yield place, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/kills?key=7"
    server.close()


async def test_a_letter_tells_the_times_and_nothing_of_the_story(
    killed: House, mailbox: smtp.Mailbox
) -> None:
    calls = Calls()
    async with smtp.serving(mailbox) as port:
        one = sender(killed, with_mail(facts(killed, DESK), port), calls)
        assert await step(one) == 0
        assert await step(one) == IDLE
    (envelope,), (letter,) = mailbox.envelopes, mailbox.letters
    (kept,) = owed(killed)
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@daily.example", [DESK])
    assert letter["Message-ID"] == f"<{kept.id}@daily.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    words = letter.get_content()
    for said in (AGENCY, GUID, kept.id, CONTACT, "The Daily", f"/s/{kept.story}", "0.240 s"):
        assert said in words
    assert f"Addresses:   {kept.addresses}\n" in words.replace("\r\n", "\n")
    assert "Received:    2026-03-02 09:00:00.000 UTC" in words
    assert not any(said in words + str(letter["Subject"]) for said in (HEADLINE, "ferry ", "Quay"))
    assert (kept.sent_to, kept.ended, kept.attempts, kept.due) == (DESK, killed.now, 1, None)
    assert calls.all == []


async def test_json_is_posted_signed_and_only_once(
    hooked: House, hook: tuple[Hook, str], tmp_path: Path
) -> None:
    place, url = hook
    (tmp_path / "key").write_text("correct horse battery\n")
    asked = facts(hooked, url=url, secret_file=str(tmp_path / "key"))
    one = sender(hooked, asked, Calls(), allow=LOOPBACK)
    assert await step(one) == 0
    assert await step(one) == IDLE
    ((first, headers, body),) = place.posted
    assert first == "POST /kills?key=7 HTTP/1.1"
    (kept,) = owed(hooked)
    assert json.loads(body) == {
        "kind": "withdrawn",
        "id": kept.id,
        "agency": AGENCY,
        "guid": GUID,
        "notices": [],
        "state": "killed",
        "received": "2026-03-02T09:00:00+00:00",
        "suspended": "2026-03-02T09:00:00+00:00",
        "clean": "2026-03-02T09:00:00.240000+00:00",
        "secondsToClean": 0.24,
        "addresses": kept.addresses,
        "address": f"{BASE}/s/{kept.story}",
        "house": "The Daily",
        "contact": CONTACT,
    }
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = b64decode(headers["webhook-signature"].removeprefix("v1,"))
    assert mac == hmac.new(b"correct horse battery", signed, hashlib.sha256).digest()
    assert headers["webhook-id"] == kept.id
    assert kept.sent_to == "http://127.0.0.1", "the host alone: the path may be a secret"


async def test_an_address_that_is_not_public_is_never_posted_to(
    hooked: House, hook: tuple[Hook, str]
) -> None:
    place, url = hook
    one = sender(hooked, facts(hooked, url=url), Calls())
    await step(one)
    assert place.posted == []
    (kept,) = owed(hooked)
    assert kept.detail == "http://127.0.0.1: the address is none that can be posted to"
    assert kept.due is not None


async def test_it_is_tried_again_for_a_day_and_then_given_up_loudly(killed: House) -> None:
    calls, began = Calls(), killed.now
    one = sender(killed, facts(killed, DESK), calls)
    waits = []
    for _ in range(MOST_ATTEMPTS):
        assert calls.all == []
        await step(one)
        (kept,) = owed(killed)
        if kept.due is not None:
            waits.append(kept.due - killed.now)
            killed.now = kept.due - timedelta(seconds=1)
            assert await step(one) == 1.0
            killed.now = kept.due
    assert waits[:3] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert max(waits) == LONGEST_WAIT
    assert timedelta(hours=24) <= killed.now - began < timedelta(hours=25)
    assert calls.open == [("acknowledgement-failed", f"{AGENCY} by email")]
    assert f"given up after {MOST_ATTEMPTS} attempts" in calls.text("acknowledgement-failed")
    assert "no mail server is set" in calls.text("acknowledgement-failed")
    assert await step(one) == IDLE
    (kept,) = owed(killed)
    assert (kept.due, kept.sent_to, kept.ended) == (None, None, killed.now)
    assert orders.dossier(killed.desk, kept.story)["acknowledgements"][0]["outcome"] == "failed"


async def test_the_next_one_that_gets_through_is_the_all_clear(
    hooked: House, hook: tuple[Hook, str]
) -> None:
    place, url = hook
    calls = Calls()
    calls("acknowledgement-failed", "…", f"{AGENCY} by webhook")
    calls("acknowledgement-failed", "…", f"{AGENCY} by email")
    await step(sender(hooked, facts(hooked, url=url), calls))
    assert len(calls.open) == 2
    hooked.now += FIRST_WAIT
    place.answer = b"HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"
    await step(sender(hooked, facts(hooked, url=url), calls, allow=LOOPBACK))
    hooked.now += FIRST_WAIT * 2
    place.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
    await step(sender(hooked, facts(hooked, url=url), calls, allow=LOOPBACK))
    assert calls.open == [("acknowledgement-failed", f"{AGENCY} by email")]
    ids = {headers.get("webhook-id") for _, headers, _ in place.posted}
    bodies = {body for _, _, body in place.posted}
    assert (len(place.posted), ids, len(bodies)) == (2, {None}, 1)


async def test_what_was_sent_and_could_not_be_kept_as_sent_is_not_sent_again(
    killed: House, mailbox: smtp.Mailbox
) -> None:
    async with smtp.serving(mailbox) as port:
        (way,) = ways(with_mail(facts(killed, DESK), port))
        full = _FullStore(killed)
        one = Sender(way, full, lambda: killed.now, Calls())  # type: ignore[arg-type]
        for _ in range(3):
            with pytest.raises(Full):
                await step(one)
        full.is_full = False
        assert await step(one) == IDLE
    assert len(mailbox.letters) == 1
    (kept,) = owed(killed)
    assert kept.sent_to == DESK


class _FullStore:
    """The outbox of a store whose disk is full until it is said to have room."""

    def __init__(self, house: House) -> None:
        self._outbox = house.desk.store.outbox
        self.is_full = True
        self.outbox = self

    def first(self, agency: str, route: str) -> Acknowledgement | None:
        return self._outbox.first(agency, route)

    def keep(self, acknowledgement: Acknowledgement) -> None:
        if self.is_full:
            raise Full("no room")
        self._outbox.keep(acknowledgement)


async def test_what_is_owed_survives_a_restart_and_a_repeat_has_the_same_id(
    killed: House, mailbox: smtp.Mailbox
) -> None:
    killed.restart()
    (before,) = owed(killed)
    async with smtp.serving(mailbox) as port:
        asked = with_mail(facts(killed, DESK), port)
        (way,) = ways(asked)
        await asyncio.to_thread(way.send, before)  # the desk died before it could note it
        await step(sender(killed, asked, Calls()))
    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert before.id in first.get_content()


async def test_a_clock_set_back_does_not_put_it_off_for_long(
    killed: House, mailbox: smtp.Mailbox
) -> None:
    killed.now -= timedelta(days=3)
    async with smtp.serving(mailbox) as port:
        await step(sender(killed, with_mail(facts(killed, DESK), port), Calls()))
    assert len(mailbox.letters) == 1


async def test_what_is_not_asked_for_any_more_is_ended_unsent(killed: House) -> None:
    everything = Acknowledging([], killed.desk.store, lambda: killed.now, Calls())
    everything.start()
    (kept,) = owed(killed)
    assert (kept.due, kept.sent_to) == (None, None)
    assert kept.detail == "the profile of the agency does not ask for it any more"


@pytest.mark.parametrize("hostile", [HOSTILE, "a\r\nBcc: x@rival.example\r\n\r\n.\r\n", "x" * 9000])
async def test_an_id_from_the_wire_forges_nothing(
    hostile: str, house: House, mailbox: smtp.Mailbox
) -> None:
    forged = acknowledgement(guid=hostile, notices=(hostile,))
    async with smtp.serving(mailbox) as port:
        (way,) = ways(with_mail(facts(house, DESK), port))
        await asyncio.to_thread(way.send, forged)
    (envelope,), (letter,) = mailbox.envelopes, mailbox.letters
    assert envelope.rcpt_tos == [DESK]
    assert "Bcc" not in letter
    assert len(str(letter["Subject"])) <= 150
    shown = letter.get_content().replace("\r\n", "\n")
    assert not set("\x1b\r\x07\x00\u202e\u2028\u2029") & set(shown)
    assert shown.count("\n") == 17
    assert len(shown) < 2500


# --- the whole desk -----------------------------------------------------------------------------


class Slow(smtp.Mailbox):
    """An agency's mail server that takes its time over every letter."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.asked.set()
        await self.goes_on.wait()
        return await super().handle_DATA(server, session, envelope)


async def test_a_running_desk_tells_the_agency_and_no_kill_waits_for_it(tmp_path: Path) -> None:
    mailbox = Slow()
    asks = profile(tmp_path / "agencies", f'email = "{DESK}"')
    async with smtp.serving(mailbox) as port:
        mail = {"host": "127.0.0.1", "port": port, "tls": "none", "from": "desk@daily.example"}
        given = settings(asks, site={}, alerts={"email": {**mail, "to": ["night@daily.example"]}})
        async with lives.live(tmp_path / "data", given) as live:
            (drill,) = await live.ask("drill")
            assert drill["outcome"] == "clean"
            store = live.desk.store

            async def gone(guid: str) -> str:
                words = f"The pier at {guid} was closed on Monday after a crane fell on it."
                story = await live.publish(guid, text=words)
                await live.fate(await live.push(ninjs(guid, **KILL)))
                await until(lambda: _as_awaitable(not store.counts()["work"]))
                return story.id

            first = await gone("urn:first")
            await asyncio.wait_for(mailbox.asked.wait(), 20)
            second = await gone("urn:second")  # seen clean while the first letter is under way
            waiting = [orders.dossier(live.desk, id)["acknowledgements"] for id in (first, second)]
            assert [one["outcome"] for (one,) in waiting] == ["owed", "owed"]
            assert [one["to"] for (one,) in waiting] == [DESK, DESK]
            mailbox.goes_on.set()
            await until(lambda: _as_awaitable(not store.outbox.ways()))
            told = [orders.dossier(live.desk, id)["acknowledgements"] for id in (first, second)]
            assert [one["outcome"] for (one,) in told] == ["sent", "sent"]
            assert all(one["secondsToClean"] < 10 for (one,) in told)
    told_of = [str(letter["Subject"]).rpartition(": ")[2] for letter in mailbox.letters]
    assert told_of == ["urn:first", "urn:second"], "and of the drill nobody"


async def _as_awaitable(found: object) -> object:
    return found


async def test_over_https_with_a_certificate_that_is_trusted(
    hooked: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, key = smtp.certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    place = Hook()
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0, ssl=context)
    url = f"https://localhost:{server.sockets[0].getsockname()[1]}/"
    asked = facts(hooked, url=url)
    allow = (*LOOPBACK, *networks(("::1/128",)))
    await step(sender(hooked, asked, Calls(), allow=allow))
    monkeypatch.delenv("SSL_CERT_FILE")
    server.close()
    assert len(place.posted) == 1
    assert owed(hooked)[0].sent_to == "https://localhost"
