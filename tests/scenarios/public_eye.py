"""Looks at a desk's public site as readers and machines do, and says what differs."""

import hashlib
import html
import json
import re
from collections.abc import Collection
from collections.abc import Sequence
from urllib.parse import quote
from urllib.parse import quote_plus

import httpx2
from selectolax.lexbor import LexborHTMLParser

from copytaster.agency import Indexing
from copytaster.demo import Script
from copytaster.demo import script as said
from copytaster.demo.drawings import draw
from copytaster.newsroom import Desk
from copytaster.text import fold
from copytaster.text import read_back
from tests.door import Door

BASE = "http://desk.example"
_SUFFIXES = ("", ".txt", ".json")
_PICTURES = {
    said.PictureSeen.shown: 200,
    said.PictureSeen.gone: 410,
    said.PictureSeen.nowhere: 404,
}
_NOT_SHOWN = (404, 410)
_FEEDS = ("feed.atom", "feed.rss", "feed.json")
_STATUS = {said.Seen.hold: 200, said.Seen.gone: 410, said.Seen.expired: 410, said.Seen.legal: 451}


class Eye:
    """One look at the site. ``any_order``: arrivals were shuffled, so only what is left at the
    end counts, not how often and in which form the public saw it."""

    def __init__(
        self,
        desk: Desk,
        door: Door,
        script: Script,
        *,
        any_order: bool = False,
        calls: Collection[tuple[str, str | None]] = (),
    ) -> None:
        self.desk = desk
        self.door = door
        self.script = script
        self.any_order = any_order
        self.calls = calls

    async def look(self, expectation: said.Expectation) -> None:
        match expectation:
            case said.See():
                await self._see(expectation)
            case said.Lists(story=story, have=True):
                await self._lists_have(story)
            case said.Folds(story=story, others=others):
                await self._front_folds(story, others)
            case said.Lists(story=story):
                await self._lists_lack(story)
            case said.Feeds(story=story, keep=True):
                await self._feeds_note(story)
            case said.Feeds(story=story):
                await self._feeds_drop(story)
            case said.Events(story=story, kinds=kinds):
                self._events(story, kinds)
            case said.Why():
                self._why(expectation)
            case said.Called():
                self._called(expectation)
            case said.Pictured():
                await self._pictured(wanted=expectation)
            case said.DeadLetters(count=count):
                letters = self.desk.store.dead_letters()
                assert len(letters) == count, f"dead letters: {[one.error for one in letters]}"

    def id(self, story: str) -> str | None:
        name = self.script.named(story)
        return self.desk.find(name.agency, name.guid)

    async def get(self, path: str) -> httpx2.Response:
        return await self.door.ask("GET", BASE + path)

    # --- a story's own addresses ----------------------------------------------------------------

    async def _see(self, wanted: said.See) -> None:
        id = self.id(wanted.story)
        if wanted.face is said.Seen.live:
            assert id is not None, "expected the story to be live; it is not known"
            await self._live(id, wanted)
        elif id is None:
            assert wanted.face is said.Seen.nowhere, "the story is not known"
        elif self.any_order:
            await self._down(id, wanted.story)
        elif wanted.face is said.Seen.nowhere:
            await self._statuses(id, 404)
        else:
            await self._notice(id, wanted)

    async def _statuses(self, id: str, status: int) -> list[httpx2.Response]:
        """All addresses of the story: as it is now, every edition it was, and the API's."""
        answers = [await self.get(f"/s/{id}{suffix}") for suffix in _SUFFIXES]
        newest = self.desk.store.story(id).edition
        for number in range(1, newest + 1):
            answers += [await self.get(f"/s/{id}/v{number}{suffix}") for suffix in _SUFFIXES]
        answers += [await self.get(f"/api/stories/{id}{more}") for more in ("", "/editions")]
        for one in answers:
            assert one.status_code == status, f"{one.url.path}: {one.status_code}, not {status}"
        return answers

    async def _live(self, id: str, wanted: said.See) -> None:
        page, text, data, *_ = await self._statuses(id, 200)
        beyond = await self.get(f"/s/{id}/v{self.desk.store.story(id).edition + 1}")
        assert beyond.status_code == 404, "an edition nobody published has an address"
        if wanted.edition is not None and not self.any_order:
            assert self.desk.store.story(id).edition == wanted.edition
            numbered = await self.get(f"/s/{id}/v{wanted.edition}.txt")
            assert numbered.text == text.text, "the newest edition is not the story as it is now"
        seen = Page(page.content, text.text)
        seen.check_always(self.desk.house.profile(self.script.named(wanted.story).agency).name)
        assert read_back(page.content).text in text.text
        assert data.json()["headlines"][0]["value"] == seen.headline
        for name, value in wanted.facts:
            if name == "picture":
                await self._shows(wanted, value, seen, data.json())
            elif name == "label":
                if not self.any_order:
                    events = self.desk.store.events(story=id)
                    assert events[-1].reason == value, f"labelled {events[-1].reason}"
            else:
                seen.check(name, value)

    # --- pictures -------------------------------------------------------------------------------

    async def _shows(
        self, wanted: said.See, name: str, seen: "Page", data: dict[str, object]
    ) -> None:
        """The page shows this picture above its text, and tells machines of it; or none at all."""
        images = [node.attributes["src"] for node in seen.tree.css("figure img")]
        cards = [node.attributes["content"] for node in seen.tree.css('[property="og:image"]')]
        if name == "none":
            found = [*images, *cards, *data.get("associations", ())]
            assert not found, f"it shows {found}"
            return
        agency = self.script.named(wanted.story).agency
        answer = await self.get(images[0] if images else "/media/none")
        assert answer.status_code == 200, f"{images} answers {answer.status_code}"
        assert answer.content == draw(agency, name), f"it shows another picture than {name}"
        assert cards == [BASE + images[0]]
        (beside,) = data["associations"]
        assert beside["uri"] == BASE + images[0]

    async def _pictured(self, wanted: said.Pictured) -> None:
        data = draw(wanted.agency, wanted.picture)
        name = hashlib.sha256(data).hexdigest()[:32]
        answer = await self.get(f"/media/{name}.jpg")
        expected = _PICTURES[wanted.seen]
        if self.any_order and expected in _NOT_SHOWN:
            assert answer.status_code in _NOT_SHOWN
        else:
            assert answer.status_code == expected, f"the picture answers {answer.status_code}"
        if expected in _NOT_SHOWN:
            for page in await self._beside(wanted.picture):
                assert name not in page.text, f"{page.url.path} still names the picture"

    async def _beside(self, picture: str) -> list[httpx2.Response]:
        """Every page of the stories that came with this picture, and the lists they are in."""
        sends = [step.act for step in self.script.steps if isinstance(step.act, said.Send)]
        entries = [entry for send in sends for entry in send.entries]
        stories = {entry.story for entry in entries if entry.get("picture") == picture}
        ids = [id for id in map(self.id, sorted(stories)) if id is not None]
        found = [await self.get(f"/s/{id}{form}") for id in ids for form in ("", ".json")]
        return [*found, *[await self.get(path) for path in ("/", *(f"/{feed}" for feed in _FEEDS))]]

    async def _notice(self, id: str, wanted: said.See) -> None:
        answers = await self._statuses(id, _STATUS[wanted.face])
        for one in answers:
            assert one.headers["cache-control"] == "no-store", f"{one.url.path} may be cached"
            assert "noindex" in one.headers["x-robots-tag"]
            self._has_no_words(one, wanted.story)
        assert 'name="robots" content="noindex"' in answers[0].text
        if wanted.face is said.Seen.legal:
            assert 'rel="blocked-by"' in answers[0].headers["link"]

    async def _down(self, id: str, story: str) -> None:
        page = await self.get(f"/s/{id}")
        answers = await self._statuses(id, page.status_code)
        assert not LexborHTMLParser(page.content).css("[data-copy]"), "the page shows the story"
        for one in answers:
            self._has_no_words(one, story)

    def _has_no_words(self, answer: httpx2.Response, story: str) -> None:
        said = _readable(answer)
        for words in _words_of(self.script, story):
            assert words not in said, f"{answer.url.path} still says {words!r}"

    # --- lists ----------------------------------------------------------------------------------

    async def _fronts(self, story: str) -> list[httpx2.Response]:
        """Lists that drop what is not live."""
        lists = (*_fronts(self.script, story), "/api/stories")
        found = [await self.get(path) for path in lists]
        index = await self.get("/sitemap.xml")
        parts = re.findall(r"<loc>([^<]+)</loc>", index.text)
        found += [await self.door.ask("GET", html.unescape(part)) for part in parts]
        return [*found, await self.get("/news-sitemap.xml")]

    async def _feeds(self, story: str) -> list[httpx2.Response]:
        places = [f"{front.rstrip('/')}/" for front in _fronts(self.script, story)]
        return [await self.get(place + feed) for place in places for feed in _FEEDS]

    async def _corrections(self) -> list[httpx2.Response]:
        """The corrections page and its feeds, which may name a story that has gone."""
        paths = ("/corrections", *(f"/corrections/{feed}" for feed in _FEEDS))
        return [await self.get(path) for path in paths]

    async def _lists_have(self, story: str) -> None:
        id = self.id(story)
        assert id is not None, "expected the story in lists; it is not known"
        fronts, feeds = await self._fronts(story), await self._feeds(story)
        for answer in [*fronts, *feeds]:
            assert answer.status_code == 200, f"{answer.url.path}: {answer.status_code}"
            if "sitemap" not in answer.url.path:
                assert f"/s/{id}" in answer.text, f"{answer.url.path} lacks the story"
        parts = "".join(one.text for one in fronts if "/sitemap/" in one.url.path)
        assert f"/s/{id}" in parts, "the sitemap lacks the story"
        contract = self.desk.house.profile(self.script.named(story).agency).contract
        news = await self.get("/news-sitemap.xml")
        allowed = contract.indexing is Indexing.own
        assert (f"/s/{id}" in news.text) == allowed, f"news sitemap; the contract says {contract}"
        headline = read_back((await self.get(f"/s/{id}")).content).headline or ""
        assert f"/s/{id}" in await self._found_by(headline), f"search lacks {headline!r}"

    async def _front_folds(self, story: str, others: Sequence[str]) -> None:
        ids = [self.id(one) for one in (story, *others)]
        entries = LexborHTMLParser((await self.get("/")).content).css("article.entry")
        heads = [entry.css_first("h2 a, h3 a").attributes["href"] for entry in entries]
        assert [href for href in heads if href in {f"/s/{id}" for id in ids}] == [f"/s/{ids[0]}"]
        links = entries[heads.index(f"/s/{ids[0]}")].css("p a")
        found = [(link.attributes["href"] or "").removeprefix("/s/") for link in links]
        assert sorted(found) == sorted(map(str, ids[1:])), f"it stands for {found}"

    async def _found_by(self, headline: str) -> str:
        """What readers' search answers to the words of a headline."""
        words = " ".join(fold(headline).split()[:20])
        answer = await self.get(f"/search?q={quote_plus(words)}")
        assert answer.status_code == 200
        return answer.text

    async def _lists_lack(self, story: str) -> None:
        id = self.id(story)
        fronts, feeds = await self._fronts(story), await self._feeds(story)
        for answer in [*fronts, *feeds, *await self._corrections()]:
            if answer.status_code != 404:
                self._has_no_words(answer, story)
        if id is None:
            return
        never = (await self.get(f"/s/{id}")).status_code == 404
        for answer in [*fronts, *(feeds if never else ())]:
            assert f"/s/{id}" not in answer.text, f"{answer.url.path} still links to the story"
        for headline in _said_of(self.script, story, "headline"):
            assert f"/s/{id}" not in await self._found_by(headline), f"search has {headline!r}"

    async def _feeds_note(self, story: str) -> None:
        id = self.id(story)
        assert id is not None, "expected the notice in feeds; the story is not known"
        if self.any_order and (await self.get(f"/s/{id}")).status_code == 404:
            return
        for answer in await self._corrections():
            self._has_no_words(answer, story)
        for feed in _FEEDS:
            answer = await self.get(f"/{feed}")
            assert f"/s/{id}" in answer.text, f"{feed} has dropped the story's id"
            self._has_no_words(answer, story)

    async def _feeds_drop(self, story: str) -> None:
        id = self.id(story)
        assert id is not None, "the story is not known"
        for answer in await self._feeds(story):
            assert f"/s/{id}" not in answer.text, f"{answer.url.path} still has the story's id"
            self._has_no_words(answer, story)

    # --- the operator's view ---------------------------------------------------------------------

    def _events(self, story: str, kinds: tuple[str, ...]) -> None:
        if self.any_order:
            return
        id = self.id(story)
        events = self.desk.store.events(story=id) if id else []
        assert tuple(event.kind.value for event in events) == kinds

    def _why(self, wanted: said.Why) -> None:
        story = self.desk.store.story(self.id(wanted.story) or "")
        assert story is not None, "the story is not known"
        codes = [reason.code for reason in story.reasons]
        assert story.state is wanted.state, f"it is {story.state}: {', '.join(codes)}"
        assert wanted.code is None or wanted.code in codes, f"the reasons are {codes}"

    def _called(self, wanted: said.Called) -> None:
        if self.any_order:
            return  # what waits for what depends on the order
        about = None if wanted.story is None else self.id(wanted.story)
        found = [(code, of) for code, of in self.calls if code == wanted.code]
        assert found, f"nobody was called for {wanted.code}; the calls were {self.calls}"
        assert about is None or (wanted.code, about) in found, f"called about {found}"


class Page:
    """A live story's page, with the plain text its ``.txt`` address gives."""

    def __init__(self, content: bytes, text: str) -> None:
        self.content = content
        self.text = text
        self.tree = LexborHTMLParser(content)
        self.copy = read_back(content)
        self.visible = " ".join(self.tree.body.text(separator=" ").split())

    @property
    def headline(self) -> str | None:
        return self.copy.headline

    def check_always(self, agency: str) -> None:
        """What every live page promises."""
        headline = self.headline
        assert headline, "the page has no single headline"
        assert len(self.tree.css("h1")) == 1
        once = " ".join(headline.split())
        if once not in " ".join(self.copy.text.split()):
            assert self.visible.count(once) == 1, "the headline is not shown exactly once"
        disclosures = [node.text() for node in self.tree.css(".disclosure")]
        assert len(disclosures) == 2, "the disclosure stands between byline and body, and at foot"
        assert all(agency in one for one in disclosures)
        self._check_harmless()

    def _check_harmless(self) -> None:
        scripts = self.tree.css("script")
        assert all(one.attributes.get("type") == "application/ld+json" for one in scripts)
        for script in scripts:
            json.loads(script.text())
        for node in self.tree.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), f"<{node.tag} {name}>"
                assert name != "style"
                plain = re.sub(r"[\0-\x20]", "", value or "").lower()
                assert not plain.startswith(("javascript:", "vbscript:", "data:")), value
        assert not self.tree.css("iframe, object, embed, form")

    def check(self, name: str, value: str) -> None:
        seen = getattr(self, f"_{name}")(value)
        assert seen, f"{name}: {value!r} is not what the page says"

    def _headline(self, value: str) -> bool:
        return self.headline == value

    def _by(self, value: str) -> bool:
        return self.tree.css_first(".byline").text().strip() == value

    def _has(self, value: str) -> bool:
        return value in self.copy.text and value in self.text

    def _lacks(self, value: str) -> bool:
        return value not in html.unescape(self.content.decode()) and value not in self.text

    def _shows(self, value: str) -> bool:
        return value in self.visible

    def _teaser(self, value: str) -> bool:
        metas = self.tree.css('meta[name="description"], meta[property="og:description"]')
        return len(metas) == 2 and all(one.attributes["content"] == value for one in metas)

    def _published(self, value: str) -> bool:
        return self._time(0, value) and self._data()["datePublished"].startswith(value)

    def _updated(self, value: str) -> bool:
        return self._time(1, value) and self._data()["dateModified"].startswith(value)

    def _time(self, place: int, value: str) -> bool:
        times = self.tree.css(".times time")
        return times[place].attributes["datetime"].startswith(value)

    def _note(self, value: str) -> bool:
        return any(value in one.text() for one in self.tree.css(".correction"))

    def _lang(self, value: str) -> bool:
        return self.tree.css_first("html").attributes["lang"] == value

    def _app(self, value: str) -> bool:
        return bool(self.tree.css(".app a")) == (value == "yes")

    def _data(self) -> dict:
        data = json.loads(self.tree.css_first("script").text())
        parts = data.get("@graph", [data])
        return next(part for part in parts if part["@type"] == "NewsArticle")


def _fronts(script: Script, story: str) -> list[str]:
    sections = _said_of(script, story, "section")
    topics = {topic.partition(" ")[0] for topic in _said_of(script, story, "topic")}
    places = {"-".join(fold(place).split()) for place in _said_of(script, story, "place")}
    agency = script.named(story).agency
    shelves = [("section", sections), ("topic", topics), ("place", places)]
    found = [f"/{kind}/{quote(code)}" for kind, codes in shelves for code in sorted(codes)]
    return ["/", f"/agency/{agency}", *found]


def _said_of(script: Script, story: str, field: str) -> set[str]:
    """Every value the agency ever sent in this field for the story."""
    return {
        value
        for step in script.steps
        if isinstance(step.act, said.Send)
        for entry in step.act.entries
        if entry.story == story
        for value in entry.all(field)
    }


def _words_of(script: Script, story: str) -> set[str]:
    """Headlines, summaries and paragraphs the agency ever sent for the story; of one that names
    the day, its longest part."""
    return {
        max(re.split(r"{today}|{yesterday}", value), key=len)
        for step in script.steps
        if isinstance(step.act, said.Send)
        for entry in step.act.entries
        if entry.story == story
        for name, value in entry.fields
        if name in ("headline", "text", "summary")
    }


def _readable(answer: httpx2.Response) -> str:
    """What the answer says, its escapes undone (twice: feeds carry markup inside markup)."""
    text = answer.text
    if answer.headers["content-type"].startswith(("application/json", "application/feed+json")):
        text = json.dumps(answer.json(), ensure_ascii=False)
    return html.unescape(html.unescape(text))
