"""The page that checks: what holds is said to hold, and no lie of the site is."""

import base64
import unicodedata
from collections.abc import Callable
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import pytest

from copytaster.ledger import Kind
from copytaster.ledger import Prover
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.web import _answer
from tests.browser.paper import BASE
from tests.browser.paper import LINES
from tests.browser.paper import SALT
from tests.browser.paper import STORY
from tests.browser.paper import Paper
from tests.browser.paper import Reader
from tests.ledger import making as ledgers
from tests.ledger.making import KEY
from tests.ledger.making import ORIGIN
from tests.ledger.making import THIEF
from tests.press.making import AWKWARD

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HOLDS = dict.fromkeys(LINES, "yes")
OTHER = "0" * 16
PLAIN = f"/s/{STORY}.txt"


@pytest.fixture(scope="module")
def window(browser: "Browser") -> Iterator[Reader]:
    """One for all tests: opening it is what takes long."""
    context = browser.new_context()
    yield Reader(context.new_page())
    context.close()


@pytest.fixture
def reader(window: Reader) -> Iterator[Reader]:
    window.begin()
    yield window
    assert window.faults == []


@pytest.fixture
def paper(reader: Reader) -> Paper:
    """What the reader reads."""
    return reader.paper


def verdicts(**changed: str) -> dict[str, str]:
    return HOLDS | changed


# --- what holds ----------------------------------------------------------------------------------


def test_a_story_that_is_as_it_was_sent_holds_in_all_four(reader: Reader) -> None:
    for address in (STORY, f"{BASE}/s/{STORY}.txt", f"localhost/s/{STORY}/changes", f"/s/{STORY}"):
        reader.run("localStorage.clear()")
        assert reader.check(address) == HOLDS
    assert "character for character, that of edition 1: Published, 2026-11-22" in reader.said(
        "text"
    )
    assert reader.said("included") == f"Holds. This is entry 5 of the 8 in the log {ORIGIN}."
    assert "The key is the one that this site itself names." in reader.said("signed")
    assert f"copytaster verify {BASE}/s/{STORY}" in reader.reads("pre")


def test_a_link_from_a_story_is_checked_at_once(reader: Reader) -> None:
    for address in (f"/verify?story={STORY}", f"/verify#{STORY}"):
        reader.open(address)
        assert reader.told() == HOLDS
        assert reader.run("document.querySelector('#address').value") == f"{BASE}/s/{STORY}"


def test_every_character_that_a_page_can_carry_is_read_back(reader: Reader) -> None:
    body = "".join(f"<p>{said}</p>" for said in (*AWKWARD[5:9], *AWKWARD[10:14], "𝄞 &amp;lt;"))
    reader.paper = Paper(body=body)
    assert reader.check() == HOLDS


@pytest.mark.parametrize(
    ("kind", "status"),
    [(Kind.held, 200), (Kind.killed, 410), (Kind.killed, 451), (Kind.expired, 410)],
)
def test_of_a_story_that_was_taken_back_the_log_says_why(
    kind: Kind, status: int, reader: Reader, paper: Paper
) -> None:
    paper.end(kind, status)
    assert reader.check() == HOLDS
    assert "No text is shown, and the log says why" in reader.said("text")


def test_a_log_that_has_grown_since_the_last_visit_holds(reader: Reader, paper: Paper) -> None:
    assert "Your browser remembered no earlier state" in (reader.check(), reader.said("grown"))[1]
    assert reader.check() == HOLDS
    assert "still has the 8 entries" in reader.said("grown")
    paper.grow(600)
    assert reader.check() == HOLDS
    assert "From 8 to 608 entries" in reader.said("grown")
    assert "608 entries" in reader.run("document.querySelector('[data-kept]').textContent")
    reader.run("document.querySelector('[data-kept] button').click()")
    assert reader.run("document.querySelector('[data-kept]').hidden")
    assert "remembered no earlier state" in (reader.check(), reader.said("grown"))[1]


# --- lies ----------------------------------------------------------------------------------------


def other_words(paper: Paper, old: str, new: str, *forms: str) -> None:
    """The same change in the page, the plain text, or both."""
    for form in forms:
        answer = paper.answers[f"/s/{STORY}{form}"]
        text = answer.body.decode()
        at = text.index('<div class="copy" ') if form == "" else 0
        assert old in text[at:]
        answer.body = f"{text[:at]}{text[at:].replace(old, new)}".encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("harbour", "harbor", f"At character 10 the page has U+0072 r, and {PLAIN} has U+0075 u."),
        ("Thursday.", "Thursday. ", f"the page has U+0020, and {PLAIN} has U+000A."),
        (
            "close",
            "cl\N{CYRILLIC SMALL LETTER O}se",
            "the page has U+043E",
        ),
        ("— and left", "- and left", f"the page has U+002D -, and {PLAIN} has U+2014 —."),
        ("left.", "left.</p><p>More.", "the page has U+000A"),
    ],
)
def test_one_changed_character_is_found_and_named(
    old: str, new: str, said: str, reader: Reader, paper: Paper
) -> None:
    other_words(paper, old, new, "")
    assert reader.check() == verdicts(text="no")
    assert "Does not hold. The text is not, character for character" in reader.said("text")
    assert said in reader.said("text")


def test_letters_that_look_the_same_are_not(reader: Reader) -> None:
    reader.paper = Paper(body="<p>The café in Zürich.</p>")
    other_words(reader.paper, "café", unicodedata.normalize("NFD", "café"), "", ".txt", ".json")
    assert reader.check() == verdicts(text="no")
    assert "At character" not in reader.said("text")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('data-copy="body">', 'data-copy="body">Word '),
        ('data-copy="body">', '><i data-copy="body">x</i></div><div data-copy="body">'),
        ("<p>The harbour", "<p><template>No. </template>The harbour"),
    ],
)
def test_words_beside_the_text_or_hidden_in_it_are_seen(
    old: str, new: str, reader: Reader, paper: Paper
) -> None:
    other_words(paper, old, new, "")
    assert reader.check() == verdicts(text="no")


@pytest.mark.parametrize("form", [".txt", ".json"])
def test_a_form_that_is_not_the_page_is_found(form: str, reader: Reader, paper: Paper) -> None:
    other_words(paper, "harbour", "harbor", form)
    assert reader.check() == verdicts(text="no")
    said = f"At character 10 the page has U+0075 u, and /s/{STORY}{form} has U+0072 r."
    assert reader.said("text") == f"Does not hold. {said}"
    paper.put(form, b"", status=404)
    assert reader.check() == verdicts(text="no")
    assert f"/s/{STORY}{form} answers 404, and the log says: Published" in reader.said("text")


def test_a_proof_of_another_story_or_edition_is_refused(reader: Reader, paper: Paper) -> None:
    for form in ("", ".txt", ".json", ".tlog-proof"):
        paper.answers[f"/s/{OTHER}{form}"] = paper.answers[f"/s/{STORY}{form}"]
        paper.answers[f"/s/{STORY}/v2{form}"] = paper.answers[f"/s/{STORY}{form}"]
    assert reader.check(f"/s/{OTHER}") == verdicts(text="no")
    assert f"of the story {STORY}, not of {OTHER}" in reader.said("text")
    assert reader.check(f"/s/{STORY}/v2") == verdicts(text="no")
    assert "of edition 1, not of 2" in reader.said("text")


def test_a_key_that_did_not_sign_is_told(reader: Reader, paper: Paper) -> None:
    paper.answers["/log/vkey"].body = note.encode_vkey(THIEF.verifier).encode()
    assert reader.check() == verdicts(signed="no", grown="no")


def test_the_key_of_an_earlier_visit_counts(reader: Reader, paper: Paper) -> None:
    assert reader.check() == HOLDS
    assert reader.check() == HOLDS
    assert "The key is the one of your last check." in reader.said("signed")
    paper.answers["/log/vkey"].body = note.encode_vkey(THIEF.verifier).encode()
    assert reader.check() == HOLDS, "the log is still signed by the key of before"
    assert "This site names another key now" in reader.said("signed")
    paper.sign(THIEF)
    assert reader.check() == verdicts(signed="no", grown="no")
    assert "has not signed the checkpoint" in reader.said("signed")
    assert "This site names another key now" in reader.said("signed")
    reader.run("localStorage.clear()")
    assert reader.check() == HOLDS


def test_a_key_that_the_reader_gives_goes_before_all_others(reader: Reader, paper: Paper) -> None:
    paper.sign(THIEF)
    paper.answers["/log/vkey"].body = note.encode_vkey(THIEF.verifier).encode()
    assert reader.check() == HOLDS
    give = "said => { document.querySelector('#key').value = said; }"
    reader.run(give, note.encode_vkey(KEY.verifier))
    assert reader.check() == verdicts(signed="no", grown="no")
    assert "The key is the one that you gave." in reader.said("signed")
    reader.run(give, "desk.example/log/1+00000000+AAAA")
    assert reader.check() == verdicts(signed="no", grown="no")
    assert "The key of the log: not what it should be" in reader.said("signed")


def test_a_history_that_was_written_anew_is_refused_though_its_key_is_true(
    reader: Reader, paper: Paper
) -> None:
    assert reader.check() == HOLDS
    forged = Paper(size=9)
    forged.log = ledgers.Log([b"another entry", *ledgers.plain(5)[1:], leaf.encode(paper.said)])
    forged.grow(8)
    paper.log, paper.answers = forged.log, forged.answers
    assert reader.check() == verdicts(grown="no")
    assert "does not begin with them any more" in reader.said("grown")
    assert reader.check() == verdicts(grown="no"), "and it is not remembered in the other's place"


def test_a_log_that_was_set_back_is_refused(reader: Reader, paper: Paper) -> None:
    paper.grow()
    assert reader.check() == HOLDS
    before = Paper()
    paper.log, paper.answers = before.log, before.answers
    assert reader.check() == verdicts(grown="no")
    assert "had 11 entries and has 8 now" in reader.said("grown")


def test_one_bit_of_a_tile_is_found_where_something_older_is_remembered(
    reader: Reader, paper: Paper
) -> None:
    assert reader.check() == HOLDS
    paper.grow(292)
    for path in ("tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"):
        whole = paper.log.files[path]
        paper.log.files[path] = bytes([whole[0] ^ 1]) + whole[1:]
        assert reader.check()["grown"] == ("yes" if path == "tile/1/000.p/1" else "no"), path
        paper.log.files[path] = whole
    reader.choose("older", ledgers.Log([b"another"]).files["checkpoint"])
    assert reader.check()["grown"] == "no", "and so is an entry that was another"


def test_a_log_without_its_files_is_no_log(reader: Reader, paper: Paper) -> None:
    assert reader.check() == HOLDS
    paper.grow(300)
    del paper.log.files["tile/0/000"]
    assert reader.check() == verdicts(grown="no")
    assert "/tile/0/000" not in reader.said("grown")
    assert "tile/0/000" in reader.said("grown")


def test_an_older_checkpoint_of_another_log_or_key_is_refused(reader: Reader, paper: Paper) -> None:
    reader.choose("older", ledgers.Log(ledgers.plain(3)).sign(THIEF))
    assert reader.check() == verdicts(grown="no")
    assert "not signed with this key" in reader.said("grown")
    other = ledgers.Log(ledgers.plain(3)).files["checkpoint"].replace(b"desk.", b"dusk.")
    reader.choose("older", other)
    assert reader.check() == verdicts(grown="no")
    assert "is of the log dusk.example/log/1" in reader.said("grown")
    reader.choose("older", b"no checkpoint\n")
    assert reader.check() == verdicts(grown="no")
    assert "The older checkpoint: not what it should be" in reader.said("grown")


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (b"index 5", b"index 4", "included"),
        (b"index 5", b"index 05", "text included signed grown"),
        (b"\n\n", b"\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n", "included"),
        (b"@v1", b"@v2", "text included signed grown"),
        (b"extra Y", b"extra Z", "text included signed grown"),
        (b"\ndesk.example", b"\ndusk.example", "signed grown"),
    ],
)
def test_a_proof_with_a_wrong_line_is_refused(
    old: bytes, new: bytes, wrong: str, reader: Reader, paper: Paper
) -> None:
    assert reader.check() == HOLDS
    reader.run("localStorage.clear()")
    body = paper.answers[f"/s/{STORY}.tlog-proof"].body
    assert old in body
    changed = body.replace(old, new, 1)
    assert reader.check_files(proof=changed, text=paper.text) == {
        name: "no" if name in wrong else "unseen" if name == "grown" else "yes" for name in LINES
    }


def killed(paper: Paper) -> None:
    paper.end(Kind.killed)


def _still_shown(paper: Paper) -> None:
    killed(paper)
    paper.put("", paper.page, media_type=_answer.HTML)


def _plain_still_served(paper: Paper) -> None:
    killed(paper)
    paper.put(".txt", paper.text, cache=_answer.NO_STORE)


def _plain_still_served_of_a_hold(paper: Paper) -> None:
    paper.end(Kind.held)
    paper.put(".txt", paper.text)


def _json_still_served(paper: Paper) -> None:
    killed(paper)
    paper.put(".json", b"{}", media_type=_answer.JSON)


def _gone_without_an_event(paper: Paper) -> None:
    live = paper.answers[f"/s/{STORY}.tlog-proof"].body
    killed(paper)
    paper.put(".tlog-proof", live)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (_still_shown, f"A text is shown at /s/{STORY}, and the log says: Withdrawn"),
        (_plain_still_served, f"/s/{STORY}.txt answers 200, and the log says: Withdrawn"),
        (_json_still_served, f"/s/{STORY}.json answers 200, and the log says: Withdrawn"),
        (_plain_still_served_of_a_hold, f"A text is shown at {PLAIN}, and the log says: Put on"),
        (_gone_without_an_event, "the log does not say that the story was taken back"),
    ],
)
def test_what_is_shown_and_what_the_log_says_of_an_end_must_agree(
    lie: Callable[[Paper], None], said: str, reader: Reader, paper: Paper
) -> None:
    lie(paper)
    assert reader.check() == verdicts(text="no")
    assert said in reader.said("text")


# --- what cannot be looked at has not passed -----------------------------------------------------


def test_without_ed25519_nothing_is_said_to_be_signed(reader: Reader) -> None:
    reader.lack("crypto.subtle.importKey = async () => { throw new DOMException('none') }")
    assert reader.check() == verdicts(signed="unseen", grown="unseen")
    assert "Your browser cannot check Ed25519 signatures" in reader.said("signed")
    assert "What was looked at holds; not everything" in reader.reads()
    assert reader.run("localStorage.length") == 0


def test_without_https_nothing_is_checked(reader: Reader) -> None:
    reader.lack("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    assert reader.check() == {}
    assert "only on pages that come over https" in reader.reads(".outcome .fault")


def test_what_the_site_does_not_give_was_not_looked_at(reader: Reader, paper: Paper) -> None:
    paper.put(".tlog-proof", b"none", status=404)
    assert reader.check() == verdicts(text="no", included="no", signed="unseen", grown="unseen")
    assert "The site has no proof of this." in reader.said("text")
    paper.tell(paper.said, SALT)
    paper.put("", b"broken", status=500)
    paper.answers["/log/vkey"].status = 500
    paper.answers["/log/checkpoint"] = msgspec.structs.replace(
        paper.answers["/log/vkey"], body=b"x"
    )
    reader.open()
    assert reader.check() == verdicts(text="unseen", signed="unseen", grown="unseen")
    assert f"Could not be fetched: /s/{STORY}." in reader.said("text")


def test_more_than_fits_is_not_read(reader: Reader, paper: Paper) -> None:
    paper.put("", b"x" * 4_194_305)
    paper.answers["/log/checkpoint"] = msgspec.structs.replace(
        paper.answers["/log/vkey"], body=b"x" * 262_145
    )
    assert reader.check() == verdicts(text="unseen", grown="unseen")
    assert f"Larger than it may be: /s/{STORY}." in reader.said("text")
    assert "Larger than it may be: /log/checkpoint." in reader.said("grown")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "This is no address of a story on this site."),
        ("https://elsewhere.example/s/7k2m9qx4e0v8tn3c", "This is no address of a story"),
        ("/about", "This is no address of a story"),
        ("https://[", "This is no address of a story"),
        (OTHER, "There is no story at this address."),
    ],
)
def test_an_address_of_no_story_is_told_so(address: str, said: str, reader: Reader) -> None:
    assert reader.check(address) == {}
    assert said in reader.reads(".outcome .fault")


def test_what_is_fetched_never_becomes_markup(reader: Reader) -> None:
    bold = "<b onclick=x() data-evil>"
    reader.paper = Paper(body=f"<p>{bold.replace('<', '&lt;')} a</p>")
    other_words(reader.paper, " a</p>", "<img src=/evil.png onerror=document.title=1></p>", "")
    key = f"{bold.replace(' ', '')}+00000000+AAAA"
    reader.paper.answers["/log/vkey"].body = key.encode()
    assert reader.check() == verdicts(text="no", signed="no", grown="no")
    assert reader.count("[data-evil]") == 0
    assert "/evil.png" not in reader.paper.asked
    assert all("has been blocked" in line for line in reader.faults)
    reader.faults.clear()


# --- files ---------------------------------------------------------------------------------------


def test_files_are_checked_without_a_network(reader: Reader, paper: Paper) -> None:
    proof = paper.answers[f"/s/{STORY}.tlog-proof"].body
    older = paper.log.files["checkpoint"]
    assert reader.check() == HOLDS, "so that the site's key is at hand"
    reader.run("localStorage.clear()")
    paper.asked.clear()
    assert reader.check_files(proof=proof, text=paper.text) == verdicts(grown="unseen")
    assert "There is no older checkpoint" in reader.said("grown")
    assert reader.check_files(text=paper.page) == verdicts(grown="unseen")
    assert reader.check_files(older=older) == HOLDS
    assert reader.check_files(text=paper.text.replace(b"open", b"shut")) == verdicts(text="no")
    assert reader.check_files(older=ledgers.Log(ledgers.plain(3)).files["checkpoint"]) == verdicts(
        text="no", grown="unseen"
    )
    assert "The files of the log are needed" in reader.said("grown")
    assert not [path for path in paper.asked if path.startswith(("/s/", "/log/"))]


def test_a_proof_alone_says_what_it_proves(reader: Reader, paper: Paper) -> None:
    reader.open()
    proof = paper.answers[f"/s/{STORY}.tlog-proof"].body
    assert reader.check_files(proof=proof) == verdicts(text="unseen", grown="unseen")
    paper.end(Kind.killed)
    ended = paper.answers[f"/s/{STORY}.tlog-proof"].body
    assert reader.check_files(proof=ended) == verdicts(grown="unseen")
    assert reader.check_files(text=paper.text) == verdicts(text="no", grown="unseen")


def test_files_can_be_dropped_on_the_page(reader: Reader, paper: Paper) -> None:
    reader.open()
    files = (
        paper.text,
        paper.answers[f"/s/{STORY}.tlog-proof"].body,
        paper.log.files["checkpoint"],
    )
    reader.run(
        """files => {
          const dropped = new DataTransfer();
          for (const text of files) dropped.items.add(new File([text], "kept"));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped }));
        }""",
        [data.decode() for data in files],
    )
    assert reader.told() == HOLDS


def test_files_that_are_missing_or_too_large_are_told(reader: Reader, paper: Paper) -> None:
    assert reader.check_files() == {}
    assert reader.reads(".outcome .fault") == "Please choose a proof file."
    assert reader.check_files(proof=b"x" * 327_681) == dict.fromkeys(LINES, "unseen")
    assert "Larger than it may be: proof." in reader.said("text")
    assert "Nothing could be looked at." in reader.reads()


# --- the arithmetic, beside the ledger's own -----------------------------------------------------

SIZES = (1, 2, 3, 255, 256, 257, 513, 65_537)
_PROVE = """
async ({ size, olders, index, leaf, hashes, files }) => {
  const bytes = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  const base = data => btoa(String.fromCharCode(...data));
  const read = async path =>
    files[path] ? { status: 200, data: bytes(files[path]) } : { status: 404 };
  const trace = ledger.tracing(BigInt(size), read);
  const roots = [];
  for (const older of olders) roots.push((await trace(BigInt(older))).map(base));
  const hash = await ledger.leafHash(bytes(leaf));
  const given = hashes.map(bytes);
  const over = async hashes => ledger.rootOver(hash, BigInt(index), BigInt(size), hashes);
  const root = base(await over(given));
  const longer = await over([...given, hash]);
  const shorter = given.length ? await over(given.slice(1)) : null;
  return { roots, root, longer, shorter };
}
"""


def based(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("size", SIZES)
def test_every_size_is_proved_as_the_ledger_proves_it(size: int, reader: Reader) -> None:
    log = ledgers.Log(ledgers.plain(size))
    prover = Prover(size, log.read)
    index = size * 2 // 3
    sizes = {1, 2, 128, 255, 256, 257, size // 2, size - 1}
    olders = sorted(older for older in sizes if 0 < older < size)
    told = reader.run(
        _PROVE,
        {
            "size": str(size),
            "olders": [str(older) for older in olders],
            "index": str(index),
            "leaf": based(ledgers.plain(size)[index]),
            "hashes": [based(one) for one in prover.inclusion(index)],
            "files": {
                path: based(data) for path, data in log.files.items() if path.startswith("tile/")
            },
        },
    )
    root = based(prover.root())
    assert told["root"] == root
    assert told["roots"] == [[based(prover.root(older)), root] for older in olders]
    assert not told["longer"]
    assert not told["shorter"]
