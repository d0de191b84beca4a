"""A small paper in memory, with a public log, for the page that checks it.

Its addresses are answered in the browser itself: nothing of it goes over any network, and every
answer can be made false.
"""

from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import urlsplit

import msgspec

from copytaster import press
from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import Proof
from copytaster.ledger import Prover
from copytaster.ledger import SignerKey
from copytaster.ledger import entries
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger import proof
from copytaster.ledger.proof import Extra
from copytaster.press import NoticeKind
from copytaster.text import read_back
from copytaster.web import _answer
from tests.ledger import making as ledgers
from tests.ledger.making import KEY
from tests.press import making

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from playwright.sync_api import Route

BASE = "http://localhost"
STORY = making.STORY
SITE = msgspec.structs.replace(making.SITE, url=BASE, language="en", log=True)
SALT = bytes(range(100, 132))
LINES = ("text", "included", "signed", "grown")
_PATIENCE = 10_000
"""milliseconds"""
_STATUS = {Kind.held: 200, Kind.killed: 410, Kind.expired: 410, Kind.erased: 410}
_NOTICE = {
    Kind.held: NoticeKind.hold,
    Kind.killed: NoticeKind.gone,
    Kind.expired: NoticeKind.expired,
    Kind.erased: NoticeKind.gone,
}


class Answer(msgspec.Struct, kw_only=True):
    """What an address answers."""

    body: bytes
    status: int = 200
    media_type: str = _answer.TEXT
    cache: str = _answer.REVALIDATE


class Paper:
    """One story, live, in a log of so many entries; ``index``: where its entry stands."""

    def __init__(self, size: int = 8, index: int = 5, body: str = making.BODY) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        files = press.edition(making.facts(making.item(body)), SITE).files
        self.page = files["page"]
        self.text = read_back(self.page).text.encode()
        self.said = ledgers.event(text=leaf.commit("text", SALT, self.text), story=STORY)
        self.index = index
        plain = ledgers.plain(size - 1)
        self.log = ledgers.Log([*plain[:index], entries.encode(self.said), *plain[index:]])
        self.put("", self.page, media_type=_answer.HTML)
        self.put(".txt", self.text)
        self.put(".json", files["json"], media_type=_answer.JSON)
        self.tell(self.said, SALT)
        self.answers["/log/vkey"] = Answer(body=f"{note.encode_vkey(KEY.verifier)}\n".encode())

    def put(self, form: str, body: bytes, **how: Any) -> None:
        """What an address of the story answers from now on."""
        self.answers[f"/s/{STORY}{form}"] = Answer(body=body, **how)

    def tell(self, said: Event, salt: bytes | None = None, index: int | None = None) -> None:
        """What the story's proof proves from now on: an entry of the log."""
        at = self.index if index is None else index
        made = Proof(
            index=at,
            hashes=tuple(Prover(self.log.tree.size, self.log.read).inclusion(at)),
            checkpoint=self.log.files["checkpoint"],
            extra=proof.encode_extra(Extra(leaf=leaf.encode(said), salt=salt)),
        )
        self.put(".tlog-proof", proof.encode(made))

    def end(self, kind: Kind, status: int | None = None) -> None:
        """Take the story back, as a desk does."""
        said = ledgers.event(kind, story=STORY, prev=self.index)
        self.log.add([said])
        self.tell(said, index=self.log.tree.size - 1)
        files = press.notice(making.notice_facts(_NOTICE[kind], story=STORY), SITE).files
        how = {"status": status or _STATUS[kind], "cache": _answer.NO_STORE}
        self.put("", files["page"], media_type=_answer.HTML, **how)
        self.put(".txt", files["text"], **how)
        self.put(".json", files["json"], media_type=_answer.JSON, **how)

    def grow(self, count: int = 3) -> None:
        """Others' entries, and the same proof under the checkpoint that they made."""
        self.log.add(ledgers.plain(count))
        self.tell(self.said, SALT)

    def sign(self, *keys: SignerKey) -> None:
        self.log.sign(*keys)
        self.tell(self.said, SALT)

    def answer(self, path: str) -> Answer:
        if path == "/verify":
            return Answer(body=press.verify_page(SITE), media_type=_answer.HTML)
        if path in (assets := press.assets()):
            return Answer(media_type=assets[path][0], body=assets[path][1])
        if path in self.answers:
            return self.answers[path]
        file = self.log.read(path.removeprefix("/log/")) if path.startswith("/log/") else None
        return Answer(body=b"", status=404) if file is None else Answer(body=file)


class Reader:
    """Someone who checks, in a browser of their own: one window for all the papers they read."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self.paper = Paper()
        self.faults: list[str] = []
        """of the page's own script, and what its policy had to stop"""
        self._told: dict[str, str] = {}
        self._is_open = False
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self._note(line.text))
        page.route("**/*", self._serve)

    def _note(self, line: str) -> None:
        """What the console says of an answer that is no 200 is as it should be."""
        if not line.startswith("Failed to load resource: the server responded with a status of"):
            self.faults.append(line)

    def _serve(self, route: "Route") -> None:
        path = urlsplit(route.request.url).path
        found = self.paper.answer(path)
        self.paper.asked.append(path)
        headers = {"content-type": found.media_type, "cache-control": found.cache}
        policy = {"content-security-policy": _answer.VERIFY} if path == "/verify" else {}
        route.fulfill(status=found.status, headers=headers | policy, body=found.body)

    def begin(self) -> None:
        """With another paper, and nothing remembered."""
        self.paper = Paper()
        if not self._is_open:
            self.open()
        self.faults.clear()
        self.run("localStorage.clear(); document.querySelector('[data-verify]').reset()")

    def open(self, address: str = "/verify") -> None:
        """As someone does who comes from elsewhere."""
        self._page.goto("about:blank")
        self._page.goto(BASE + address)
        self._is_open = True

    def lack(self, what: str) -> None:
        """Have a browser without something, until the page is opened again."""
        self.run(f"() => {{ {what} }}")
        self._is_open = False

    def run(self, script: str, *given: object) -> Any:
        """In the page."""
        return self._page.evaluate(script, *given)

    def check(self, address: str = f"/s/{STORY}") -> dict[str, str]:
        """Ask for a check of an address; the verdict of each line."""
        self.run("said => { document.querySelector('#address').value = said; }", address)
        return self._pressed("story")

    def check_files(self, **files: bytes) -> dict[str, str]:
        """The same of files: ``proof`` and ``text``."""
        for name, data in files.items():
            self.choose(name, data)
        return self._pressed("files")

    def choose(self, name: str, data: bytes) -> None:
        file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self._page.locator(f"#{name}").set_input_files(file)

    def _pressed(self, button: str) -> dict[str, str]:
        self.run("document.querySelector('[data-found]').replaceChildren()")
        self.run("one => document.querySelector(`button[value=${one}]`).click()", button)
        return self.told()

    def told(self) -> dict[str, str]:
        """The verdicts, once they are shown; none where the form was refused."""
        self._page.locator(_FOUND).wait_for(timeout=_PATIENCE)
        rows = self.run(_ROWS)
        self._told = {name: said for name, (_, said) in zip(LINES, rows, strict=False)}
        return {name: verdict for name, (verdict, _) in zip(LINES, rows, strict=False)}

    def said(self, line: str) -> str:
        """What one line said."""
        return self._told[line]

    def reads(self, selector: str = "main") -> str:
        """The words that are shown there."""
        return " ".join(self._page.locator(selector).inner_text().split())

    def count(self, selector: str) -> int:
        return self._page.locator(selector).count()


_FOUND = "[data-found] dl, [data-found] .fault"
_ROWS = """
[...document.querySelectorAll('[data-verdict]')].map(row =>
  [row.dataset.verdict, row.querySelector('dd').innerText.replace(/\\s+/g, ' ').trim()])
"""
