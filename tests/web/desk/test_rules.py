"""The rules of the house in the app: read by all; by chiefs changed, tried, and then saved."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster import rules
from copytaster.newsroom import _rule_drafts
from copytaster.newsroom.house_rules import HOUSE_RULE
from copytaster.story import State
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import config
from tests.newsroom.making import house as a_house
from tests.newsroom.making import ninjs
from tests.newsroom.test_house_rules import change
from tests.newsroom.test_house_rules import settle
from tests.rules.making import file
from tests.rules.making import table
from tests.web.desk.making import App
from tests.web.desk.making import seen
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
CHIEF = "chief ida"
STORM = "A storm warning is in force for the whole coast, the weather office said."
COMMENT = "# Ask Ida before you change one.\n\n"
RULE = {
    "name": "storms",
    "when": 'phrase:"storm warning"',
    "then": "hold",
    "why": "Ring the weather office.",
    "enabled": "on",
}
HERE = "/desk/rules"


@pytest.fixture
def app(house: House) -> App:
    house.desk.settle()
    return App(house)


@pytest.fixture
def strict(house: House) -> App:
    """A house with a rule that holds ferries, with a comment above it."""
    (house.data / "rules.toml").write_text(COMMENT + table("ferries", when="phrase:ferry"))
    house.desk.settle()
    return App(house)


def there(app: App) -> str:
    return (app.house.data / "rules.toml").read_text()


def mark(answer: httpx2.Response) -> str:
    field = LexborHTMLParser(answer.content).css_first("[name=mark]")
    assert field is not None
    return field.attributes["value"] or ""


def typed(answer: httpx2.Response, name: str) -> str:
    """What stands in a field."""
    field = LexborHTMLParser(answer.content).css_first(f"[name={name}]")
    assert field is not None
    return field.text() if field.tag == "textarea" else field.attributes["value"] or ""


async def propose(app: App, path: str, seat: str = CHIEF, **fields: str) -> httpx2.Response:
    """What somebody is answered who fills in the form and sends it."""
    if "mark" not in fields:
        fields["mark"] = mark(await app.get(path, seat))
    return await app.post(path, seat, **fields)


async def tried(app: App, path: str, **fields: str) -> str:
    """The address of a change that was tried, a moment after what came last."""
    app.house.now += timedelta(seconds=1)
    answer = await propose(app, path, **fields)
    assert answer.status_code == 303, seen(answer)
    for thread in threading.enumerate():
        if thread.name == "rules":
            await asyncio.to_thread(thread.join, 20)
    return answer.headers["location"]


def state(app: App, guid: str) -> State:
    found = app.house.desk.store.story(app.house.desk.find("harbour", guid) or "")
    assert found is not None
    return found.state


# --- the list --------------------------------------------------------------------------------


async def test_a_house_without_rules_is_told_how_to_begin(app: App) -> None:
    answer = await app.get(HERE, CHIEF)
    assert "No rule is in force." in seen(answer)
    assert "yet; saving makes it" in seen(answer)
    assert 'href="/desk/rules/file?seeds"' in answer.text
    begun = await app.get("/desk/rules/file?seeds", CHIEF)
    assert typed(begun, "text").strip() == rules.begun().decode().strip()
    assert not (app.house.data / "rules.toml").exists()


async def test_each_rule_says_what_it_does_where_it_comes_from_and_how_it_did(app: App) -> None:
    [shipped] = [rule for rule in rules.seeds() if rule.name == "press-releases"]
    seed = table("press-releases", when=shipped.when, why=shipped.why, priority=10)
    change(
        app.house,
        table("storms", priority=5, notify=True, stop=True),
        seed.replace("\n", f'\nsince = "{shipped.since}"\n', 1),
        table("minors", when="phrase:child", then="notify"),
        table("court", then="pass", priority=100, since="The wrong man, March 2026"),
        table("off", enabled=False),
    )
    send(app.house, "one", text="For immediate release: a new quay.")
    page = LexborHTMLParser((await app.get(HERE, "reader rita")).content)
    told = {}
    for one in page.css(".house-rules > li"):
        name = one.css_first("h2")
        assert name is not None
        told[name.text()] = " ".join(one.text(separator=" ").split())
    assert list(told) == ["court", "press-releases", "storms", "minors", "off"]
    assert "Asks no further rule of a story that says “storm warning”." in told["court"]
    assert "The house’s own. The wrong man, March 2026" in told["court"]
    assert "1 held in the last 24 hours" in told["press-releases"]
    assert f"Ships with Copytaster. {shipped.since}" in told["press-releases"]
    assert "And an editor is called as well; no further rule is asked." in told["storms"]
    assert "no backtest" in told["storms"]
    assert "Calls an editor for a story that says “child”." in told["minors"]
    assert "Ships with Copytaster, changed here." in told["minors"]
    assert "Switched off" in told["off"]
    assert "no backtest" not in told["off"]


async def test_who_only_reads_is_offered_nothing_to_change(strict: App) -> None:
    answer = await strict.get(HERE, "editor ed")
    assert "ferries" in seen(answer)
    assert "A new rule" not in seen(answer)
    assert "Chiefs change the rules." in seen(answer)
    raw = LexborHTMLParser((await strict.get("/desk/rules/file", "reader rita")).content)
    assert "readonly" in raw.css_first("textarea").attributes  # type: ignore[union-attr]
    assert COMMENT.strip() in raw.css_first("textarea").text()  # type: ignore[union-attr]
    assert raw.css_first("main button") is None


async def test_a_broken_file_is_shown_with_its_line_and_the_rules_stay(strict: App) -> None:
    change(strict.house, table("ferries", then="publish"))
    for path in (HERE, "/desk/rules/file"):
        told = seen(await strict.get(path, CHIEF))
        assert "rules.toml:4: rule 'ferries': then: expected 'hold', 'pass' or 'notify'" in told
        assert '4 then = "publish"' in told
    assert "The one rule that was read before stays in force" in seen(await strict.get(HERE, CHIEF))
    refused = await propose(strict, "/desk/rules/new", **RULE)
    assert refused.status_code == 422
    assert "rules.toml:4: rule 'ferries'" in seen(refused)
    assert typed(refused, "when").strip() == RULE["when"]
    send(strict.house, "one", text="The ferry runs.")
    assert state(strict, "one") is State.held


async def test_a_file_that_cannot_be_written_is_only_read(tmp_path: Path) -> None:
    settings = config(rules={"file": str(tmp_path / "nowhere" / "house.toml")})
    with a_house(tmp_path / "data", settings) as house:
        app = App(house)
        told = seen(await app.get(HERE, CHIEF))
        assert f"The file cannot be changed from here: there is no folder {tmp_path}" in told
        assert "A new rule" not in told
        refused = await propose(app, "/desk/rules/new", **RULE)
        assert refused.status_code == 422
        assert "there is no folder" in seen(refused)


# --- a change, tried -------------------------------------------------------------------------


async def test_a_new_rule_is_tried_then_saved_and_holds_what_comes(strict: App) -> None:
    house = strict.house
    send(house, "one", headline="Storm comes", text=STORM)
    calm = (ninjs(f"calm-{n}", headline=f"Calm {n}", text=f"All calm {n}.") for n in range(20))
    house.desk.accept([house.delivery(one, agency="harbour") for one in calm])
    house.desk.read(20)
    path = await tried(strict, "/desk/rules/new", **RULE)
    answer = await strict.get(path, CHIEF)
    told = seen(answer)
    assert "New storms" in told
    assert "Of 21 versions that came from" in told
    assert "that is 1 newly held, and 0 no longer held" in told
    assert f'href="/desk/s/{house.desk.find("harbour", "one")}"' in answer.text
    assert "Storm comes" in told
    assert "Calm 1" not in told
    assert "Type their number" not in told
    assert "storms" not in there(strict), "nothing is saved yet"
    bare = await strict.post(path, CHIEF, reason=" ")
    assert bare.status_code == 422
    assert "Say why, for the record." in seen(bare)
    saved = await strict.post(path, CHIEF, reason="the flood")
    assert saved.headers["location"] == f"{HERE}?done=saved"
    told = seen(await strict.get(saved.headers["location"], CHIEF))
    assert "in force as they stand here" in told
    assert "1 of 21 versions answered (4.76 %)" in told
    assert there(strict).startswith(COMMENT + table("ferries", when="phrase:ferry"))
    send(house, "two", text=f"{STORM} Two.")
    assert state(strict, "two") is State.held
    assert state(strict, "one") is State.live, "what came before is left alone"
    [deed] = house.desk.people.trail.deeds()
    assert (deed.by, deed.what, deed.about, deed.why) == (
        "ida",
        "rules",
        "new: storms",
        "the flood",
    )


async def test_a_rule_is_changed_in_its_place(strict: App) -> None:
    form = await strict.get("/desk/rules/r/ferries", CHIEF)
    assert typed(form, "when").strip() == "phrase:ferry"
    assert typed(form, "why") == "Ring the weather office."
    send(strict.house, "one", text="The ferry runs.", headline="Ferry runs")
    said = RULE | {"name": "ferries", "when": "phrase:tram", "priority": "7"}
    path = await tried(strict, "/desk/rules/r/ferries", **said)
    told = seen(await strict.get(path, CHIEF))
    assert "Changed ferries (when, priority)" in told
    assert "No longer held: 1" in told
    assert "Ferry runs" in told
    await strict.post(path, CHIEF, reason="no more ferries", count="1")
    assert there(strict) == COMMENT + table("ferries", when="phrase:tram") + "priority = 7\n"


async def test_a_rule_is_removed_and_what_it_held_would_go_out(strict: App) -> None:
    send(strict.house, "one", text="The ferry runs.", headline="Ferry runs")
    path = await tried(strict, "/desk/rules/r/ferries", do="remove")
    told = seen(await strict.get(path, CHIEF))
    assert "Gone ferries" in told
    assert "1 of 1 versions (100.0 %) would go another way." in told
    assert "Each that is no longer held goes out unread." in told
    await strict.post(path, CHIEF, reason="no more ferries", count="1")
    assert there(strict).strip() == COMMENT.strip()
    assert "No rule is in force." in seen(await strict.get(HERE, CHIEF))
    assert strict.house.desk.people.trail.deeds()[0].about == "gone: ferries"


async def test_a_rule_that_would_hold_everything_is_saved_only_by_its_number(app: App) -> None:
    for number in range(3):
        send(app.house, f"urn:{number}")
    path = await tried(app, "/desk/rules/new", **RULE | {"when": "agency:harbour"})
    told = seen(await app.get(path, CHIEF))
    assert "3 of 3 versions (100.0 %) would go another way." in told
    assert "Type their number, 3, to say that you mean them all" in told
    for count in ("", "2", "33"):
        wrong = await app.post(path, CHIEF, reason="a siege", count=count)
        assert wrong.status_code == 422
        assert "You typed another number than 3: nothing was saved." in seen(wrong)
        assert typed(wrong, "reason") == "a siege"
    assert not (app.house.data / "rules.toml").exists()
    assert (await app.post(path, CHIEF, reason="a siege", count="3")).status_code == 303
    send(app.house, "urn:4", headline="Ferry runs")
    assert codes_of(app, "urn:4") == [HOUSE_RULE]


def codes_of(app: App, guid: str) -> list[str]:
    found = app.house.desk.store.story(app.house.desk.find("harbour", guid) or "")
    assert found is not None
    return codes(found)


async def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(strict: App) -> None:
    said = RULE | {"name": "Storm Rule", "when": 'storm urgency:x "a', "priority": "many"}
    answer = await propose(strict, "/desk/rules/new", **said)
    assert answer.status_code == 422
    page = LexborHTMLParser(answer.content)
    wrong = [one.attributes["name"] for one in page.css("[aria-invalid]")]
    assert wrong == ["name", "when", "priority"]
    assert "this quotation mark is not closed" in seen(answer)
    assert page.css_first("mark").text() == '"'  # type: ignore[union-attr]
    assert {name: typed(answer, name).strip() for name in ("name", "when", "priority", "why")} == {
        name: said[name] for name in ("name", "when", "priority", "why")
    }
    taken = await propose(strict, "/desk/rules/new", **RULE | {"name": "ferries"})
    assert "another rule is called so" in seen(taken)
    asked = await propose(strict, "/desk/rules/new", **RULE | {"when": "state:held"})
    assert "leave state: out" in seen(asked)
    assert (await propose(strict, "/desk/rules/new", name="x")).status_code == 422


async def test_the_whole_file_is_checked_and_a_fault_is_shown_with_its_line(strict: App) -> None:
    text = there(strict).replace('"hold"', '"publish"')
    answer = await propose(strict, "/desk/rules/file", text=text)
    assert answer.status_code == 422
    assert "rules.toml:6: rule 'ferries': then: expected" in seen(answer)
    assert '6 then = "publish"' in seen(answer)
    assert typed(answer, "text").strip() == text.strip()
    assert '"hold"' in there(strict)


async def test_the_whole_file_is_saved_as_it_was_typed(strict: App) -> None:
    text = "# all new\r\n\r\n" + table("gales", when="phrase:gale").replace("\n", "\r\n")
    path = await tried(strict, "/desk/rules/file", text=text)
    told = seen(await strict.get(path, CHIEF))
    assert "New gales" in told
    assert "Gone ferries" in told
    assert "− # Ask Ida before you change one." in told
    await strict.post(path, CHIEF, reason="a new book")
    assert there(strict) == text.replace("\r\n", "\n")
    assert strict.house.desk.people.trail.deeds()[0].about == "new: gales; gone: ferries"


async def test_a_file_keeps_its_ends_of_lines(strict: App) -> None:
    crlf = there(strict).replace("\n", "\r\n")
    (strict.house.data / "rules.toml").write_bytes(crlf.encode())
    same = await propose(strict, "/desk/rules/file", text=there_now(strict))
    assert "Nothing was changed" in seen(same)
    path = await tried(strict, "/desk/rules/new", **RULE)
    await strict.post(path, CHIEF, reason="x")
    after = (strict.house.data / "rules.toml").read_bytes()
    assert after.startswith(crlf.encode())
    assert after.count(b"\r\n") == after.count(b"\n")


def there_now(app: App) -> str:
    """As a browser sends it."""
    return (app.house.data / "rules.toml").read_bytes().decode()


async def test_what_only_says_it_otherwise_is_told_so(strict: App) -> None:
    path = await tried(strict, "/desk/rules/file", text=f"{there(strict)}# the end\n")
    assert "No rule: only comments, or how the file is written." in seen(
        await strict.get(path, CHIEF)
    )
    await strict.post(path, CHIEF, reason="tidy")
    assert strict.house.desk.people.trail.deeds()[0].about == "comments only"


async def test_nothing_that_was_typed_is_lost_when_another_hand_is_quicker(strict: App) -> None:
    form = mark(await strict.get("/desk/rules/new", CHIEF))
    path = await tried(strict, "/desk/rules/new", **RULE)
    other = there(strict) + "\n" + table("tides", when="phrase:tide")
    (strict.house.data / "rules.toml").write_text(other)
    late = await strict.post(path, CHIEF, reason="the flood")
    assert late.status_code == 409
    early = await propose(strict, "/desk/rules/new", **RULE, mark=form)
    assert early.status_code == 409
    for answer in (late, early):
        assert "The file has changed since you opened this" in seen(answer)
        assert typed(answer, "when").strip() == RULE["when"]
        assert there(strict) == other
    again = await tried(
        strict, "/desk/rules/new", **RULE, mark=mark(late), reason=typed(late, "reason")
    )
    page = await strict.get(again, CHIEF)
    assert typed(page, "reason") == "the flood"
    await strict.post(again, CHIEF, reason="the flood")
    assert there(strict).startswith(other)
    assert "storms" in there(strict)


async def test_a_file_typed_beside_another_is_shown_with_it(strict: App) -> None:
    path = await tried(strict, "/desk/rules/file", text="# mine\n")
    (strict.house.data / "rules.toml").write_text("# theirs\n")
    late = await strict.post(path, CHIEF, reason="mine")
    assert late.status_code == 409
    assert typed(late, "text").strip() == "# mine"
    assert "The file as it is now # theirs" in seen(late)
    assert there(strict) == "# theirs\n"


async def test_saving_twice_is_saving_once(strict: App) -> None:
    path = await tried(strict, "/desk/rules/new", **RULE)
    for _ in range(2):
        answer = await strict.post(path, CHIEF, reason="the flood")
        assert answer.headers["location"] == f"{HERE}?done=saved"
    assert there(strict).count("storms") == 1
    assert len(strict.house.desk.people.trail.deeds()) == 1


async def test_a_change_that_is_not_kept_any_more_is_shown_and_not_saved(strict: App) -> None:
    path = await tried(strict, "/desk/rules/new", **RULE)
    page = await strict.get(path, CHIEF)
    app = App(strict.house)  # the desk was started anew
    gone = {"text": typed(page, "text"), "mark": mark(page), "reason": "the flood"}
    answer = await app.post(path, CHIEF, **gone)
    assert answer.status_code == 422
    assert "nothing was saved; here it is, to be tried again" in seen(answer)
    assert "storms" in typed(answer, "text")
    assert typed(answer, "reason") == "the flood"
    assert "storms" not in there(strict)
    assert (await app.get(path, CHIEF)).status_code == 404


async def test_whoever_goes_back_finds_what_they_typed(strict: App) -> None:
    path = await tried(strict, "/desk/rules/r/ferries", **RULE | {"name": "boats"})
    page = LexborHTMLParser((await strict.get(path, CHIEF)).content)
    [back] = [
        link.attributes["href"] for link in page.css("main a") if link.text() == "Change it again"
    ]
    form = await strict.get(back or "", CHIEF)
    assert typed(form, "name") == "boats"
    assert typed(form, "mark") == mark(await strict.get("/desk/rules/new", CHIEF))


async def test_what_is_switched_off_has_no_backtest(strict: App) -> None:
    send(strict.house, "one", text="The ferry runs.")
    said = {key: value for key, value in RULE.items() if key != "enabled"}
    path = await tried(strict, "/desk/rules/new", **said)
    told = seen(await strict.get(path, CHIEF))
    assert "Switched off, and so without a backtest: storms." in told


async def test_where_nothing_came_there_is_no_backtest_and_the_list_says_so(app: App) -> None:
    path = await tried(app, "/desk/rules/new", **RULE, period="day")
    assert "Nothing came in that time: this is no backtest." in seen(await app.get(path, CHIEF))
    assert (await app.post(path, CHIEF, reason="x")).status_code == 303
    assert "no backtest" in seen(await app.get(HERE, CHIEF))


async def test_it_can_be_tried_on_another_time(app: App) -> None:
    send(app.house, "one", text=STORM)
    app.house.wait(days=3)
    path = await tried(app, "/desk/rules/new", **RULE, period="day")
    assert "Nothing came in that time" in seen(await app.get(path, CHIEF))
    other = await tried_again(app, path, period="week")
    assert "1 newly held" in seen(await app.get(other, CHIEF))


async def tried_again(app: App, path: str, **fields: str) -> str:
    answer = await app.post(path, CHIEF, do="again", **fields)
    for thread in threading.enumerate():
        if thread.name == "rules":
            await asyncio.to_thread(thread.join, 20)
    return answer.headers["location"]


async def test_a_file_that_has_gone_takes_no_rule_with_it(strict: App) -> None:
    (strict.house.data / "rules.toml").unlink()
    settle(strict.house)
    assert "there is no such file" in seen(await strict.get(HERE, CHIEF))
    page = await strict.get("/desk/rules/file", CHIEF)
    assert "What was read of it last stands below: saving it puts it back." in seen(page)
    path = await tried(strict, "/desk/rules/new", **RULE)
    await strict.post(path, CHIEF, reason="x")
    assert {rule.name for rule in rules.read(there(strict).encode(), "x")} == {"ferries", "storms"}


async def test_while_it_is_tried_one_sees_how_far_it_is_and_nothing_is_saved(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    real: Any = _rule_drafts.backtest

    def slow(*given: Any, **more: Any) -> Any:
        go.wait(20)
        return real(*given, **more)

    monkeypatch.setattr(_rule_drafts, "backtest", slow)
    path = (await propose(app, "/desk/rules/new", **RULE)).headers["location"]
    page = await app.get(path, CHIEF)
    assert "It is being tried on the last 7 days" in seen(page)
    assert '<meta http-equiv="refresh"' in page.text
    early = await app.post(path, CHIEF, reason="x")
    assert early.status_code == 409
    await propose(app, "/desk/rules/new", **RULE)
    third = await propose(app, "/desk/rules/new", **RULE)
    assert third.status_code == 422
    assert "two other changes are being tried" in seen(third)
    go.set()


async def test_a_backtest_that_fails_says_so_and_saves_nothing(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(_rule_drafts, "backtest", fails)
    path = await tried(app, "/desk/rules/new", **RULE)
    assert "The backtest failed RuntimeError: the disk is gone" in seen(await app.get(path, CHIEF))
    assert (await app.post(path, CHIEF, reason="x")).status_code == 409
    assert not (app.house.data / "rules.toml").exists()


async def test_what_is_not_there_is_not_found(strict: App) -> None:
    for path in ("/desk/rules/r/none", "/desk/rules/d/0000000000000000"):
        assert (await strict.get(path, CHIEF)).status_code == 404
    (strict.house.data / "rules.toml").write_bytes(file())
    gone = await propose(
        strict, "/desk/rules/r/ferries", mark=strict.office.rules.book().mark, do="remove"
    )
    assert gone.status_code == 422
    assert "there is no rule 'ferries'" in seen(gone)
