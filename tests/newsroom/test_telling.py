"""What a shell, a lawyer and ``doctor`` are told of acknowledgements; profiles refused."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.agency import ProfileError
from copytaster.agency import known
from copytaster.config import ConfigError
from copytaster.newsroom import acknowledging
from copytaster.newsroom import orders
from copytaster.newsroom.acknowledging._sender import FIRST_WAIT
from copytaster.newsroom.acknowledging._ways import ways
from copytaster.newsroom.evidence import write_pack
from tests.newsroom import making
from tests.newsroom import smtp
from tests.newsroom.asking import DESK
from tests.newsroom.asking import KILL
from tests.newsroom.asking import facts
from tests.newsroom.asking import owed
from tests.newsroom.asking import profile
from tests.newsroom.asking import prove
from tests.newsroom.asking import sender
from tests.newsroom.asking import settings
from tests.newsroom.asking import step
from tests.newsroom.asking import with_mail
from tests.newsroom.calls import Calls
from tests.newsroom.making import AGENCY
from tests.newsroom.making import House
from tests.test_cli import Shell

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
def mailbox() -> smtp.Mailbox:
    return smtp.Mailbox()


# --- what a shell and a lawyer are told -----------------------------------------------------------


async def test_a_shell_says_what_is_owed_and_what_was_sent(
    killed: House, mailbox: smtp.Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path)
    config = shell.file("house.toml", f'agencies = "{tmp_path}/agencies"\n'.encode())
    (before,) = owed(killed)
    words = ("story", before.story, "--data", killed.data, "--config", config)
    shown = shell(*words).stdout
    assert re.search(rf"email +{DESK} +owed", shown)
    async with smtp.serving(mailbox) as port:
        await step(sender(killed, with_mail(facts(killed, DESK), port), Calls()))
    assert re.search(rf"email +{DESK} +sent +2026-03-02 09:00:00 +1", shell(*words).stdout)
    (told,) = json.loads(shell(*words, "--json").stdout)["acknowledgements"]
    assert (told["id"], told["outcome"], told["to"]) == (before.id, "sent", DESK)
    assert told["at"] == killed.now.isoformat()
    doctor = shell("doctor", "--data", killed.data, "--config", config)
    assert "there is no [alerts.email] to send them by" in doctor.stdout


async def test_a_story_nobody_is_told_of_says_nothing_of_it(house: House) -> None:
    story = house.send()
    assert orders.dossier(house.desk, story.id)["acknowledgements"] == []


async def test_an_evidence_pack_tells_it(
    killed: House, mailbox: smtp.Mailbox, tmp_path: Path
) -> None:
    async with smtp.serving(mailbox) as port:
        await step(sender(killed, with_mail(facts(killed, DESK), port), Calls()))
    (kept,) = owed(killed)
    write_pack(killed.desk, killed.data, kept.story, tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        page = " ".join(pack.read("README.txt").decode().split())
        (told,) = json.loads(pack.read("story.json"))["acknowledgements"]
    assert f"told the agency by email, {DESK} ({kept.id})" in page
    assert told["outcome"] == "sent"


# --- what would keep it from being sent ---------------------------------------------------------


def test_no_mail_server_and_a_secret_that_is_missing_are_findings(tmp_path: Path) -> None:
    asks = profile(
        tmp_path / "agencies", f'email = "{DESK}"', 'url = "https://x.example/"', 'secret_env = "K"'
    )
    with making.house(tmp_path / "data", settings(asks)) as house:
        found = list(acknowledging.faults(house.desk.house, {}))
        assert len(found) == 2
        assert found[0].startswith(f"agency {AGENCY}: acknowledge.secret: K holds no secret")
        assert "there is no [alerts.email]" in found[1]
        with pytest.raises(ConfigError, match="holds no secret"):
            ways(house.desk.house, environ={})
        complete = with_mail(house.desk.house, 25)
        assert list(acknowledging.faults(complete, {"K": "horse"})) == []


async def test_without_a_mail_server_it_waits_until_there_is_one(killed: House) -> None:
    await step(sender(killed, facts(killed, DESK), Calls()))
    (kept,) = owed(killed)
    assert kept.due == killed.now + FIRST_WAIT
    assert kept.detail == "no mail server is set; add [alerts.email]"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "give email or url"),
        (('email = "Desk <desk@x.example>"',), "is no address"),
        (('email = "a@x.example\\nBcc: b@x.example"',), "is no address"),
        (('url = "http://x.example/"',), "give https://HOST/"),
        (('url = "https://user:word@x.example/"',), "without user, password or fragment"),
        (('url = "https:///kills"',), "give https://HOST/"),
        (('email = "a@x.example"', 'secret_env = "KEY"'), "a secret signs only what is posted"),
        (('mail = "a@x.example"',), "unknown field `mail`"),
    ],
)
def test_an_address_that_could_not_be_used_is_refused_when_it_is_read(
    lines: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    with pytest.raises(ProfileError, match=words) as refused:
        known(Path(profile(tmp_path, *lines)))
    assert f"{AGENCY}.toml" in str(refused.value)


def test_the_default_rules_have_nobody_to_tell(tmp_path: Path) -> None:
    folder = profile(tmp_path, f'email = "{DESK}"', id="default")
    with pytest.raises(ProfileError, match="nobody has described"):
        known(Path(folder))


def test_no_shipped_profile_asks_for_it() -> None:
    assert [one.id for one in known().values() if one.acknowledge is not None] == []
