"""One edition checked by its proof file: what is told, and every way to be false."""

import unicodedata
from datetime import timedelta

import msgspec
import pytest

from copytaster.ledger import Case
from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import Policy
from copytaster.ledger import Proof
from copytaster.ledger import Prover
from copytaster.ledger import SignerKey
from copytaster.ledger import check
from copytaster.ledger import checkpoint
from copytaster.ledger import control
from copytaster.ledger import cosignature
from copytaster.ledger import entries
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.ledger import proof
from copytaster.ledger.proof import Extra
from tests.ledger.making import KEY
from tests.ledger.making import NOON
from tests.ledger.making import ORIGIN
from tests.ledger.making import STORY
from tests.ledger.making import THIEF
from tests.ledger.making import WITNESSES
from tests.ledger.making import Log
from tests.ledger.making import event
from tests.ledger.making import plain
from tests.ledger.making import story_id

TEXT = "Die Brücke „Süd“ öffnet am Montag.\n\nDas teilte die Stadt mit.\n".encode()
SALT = bytes(range(100, 132))
OPENING = leaf.commit("text", SALT, TEXT)
TRUSTED = policy.decode(f"log {note.encode_vkey(KEY.verifier)}\nquorum none\n".encode())


def published(**said: object) -> Event:
    return event(text=OPENING, **said)


def proof_of(log: Log, index: int, said: Event, salt: bytes | None = SALT) -> bytes:
    """The file that a desk serves for that entry."""
    made = Proof(
        index=index,
        hashes=tuple(Prover(log.tree.size, log.read).inclusion(index)),
        checkpoint=log.files["checkpoint"],
        extra=proof.encode_extra(Extra(leaf=leaf.encode(said), salt=salt)),
    )
    return proof.encode(made)


@pytest.fixture
def log() -> Log:
    """Three hundred entries; the story's only event is the hundredth."""
    return Log([*plain(100), entries.encode(published()), *plain(199)])


def results(case: Case) -> list[bool | None]:
    return [found.passed for found in check(case)]


def failed(case: Case) -> dict[str, str]:
    return {found.name: found.said for found in check(case) if found.passed is False}


def test_four_sentences_say_that_all_is_well(log: Log) -> None:
    older = log.files["checkpoint"]
    made = proof_of(log, 100, published())
    log.add(plain(700))
    case = Case(
        proof=made,
        policy=TRUSTED,
        text=TEXT,
        story=STORY,
        edition=1,
        older=older,
        read=log.read,
    )
    assert [(found.passed, found.name, found.said) for found in check(case)] == [
        (
            True,
            "text",
            (
                f"the text is, character for character, that of edition 1 of the story {STORY}, "
                "published on 2026-11-22 12:00:00 UTC"
            ),
        ),
        (True, "included", f"this is entry 100 of the 300 in the log {ORIGIN}"),
        (True, "signed", f"signed by the log {ORIGIN}; the policy asks for no witness"),
        (
            True,
            "append-only",
            "the log has only grown since the older checkpoint: from 300 to 1,000 entries",
        ),
    ]


def test_text_and_proof_and_policy_are_enough(log: Log) -> None:
    case = Case(proof=proof_of(log, 100, published()), policy=TRUSTED, text=TEXT)
    assert results(case) == [True, True, True, None]


def test_who_has_no_text_learns_that_it_was_not_compared(log: Log) -> None:
    case = Case(proof=proof_of(log, 100, published()), policy=TRUSTED)
    assert results(case) == [None, True, True, None]
    assert "no text was given" in check(case)[0].said


COMPOSED = TEXT.decode()


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", COMPOSED),
        COMPOSED.replace("„", "“"),
        COMPOSED.replace("„", '"').replace("“", '"'),
        COMPOSED.replace(".\n\n", ". \n\n"),
        COMPOSED.replace(" am", "\u00a0am"),
        COMPOSED.rstrip("\n"),
        COMPOSED.replace("\n", "\r\n"),
        "\ufeff" + COMPOSED,
        "",
    ],
)
def test_a_text_changed_by_one_character_is_told(text: str, log: Log) -> None:
    case = Case(proof=proof_of(log, 100, published()), policy=TRUSTED, text=text.encode())
    assert results(case) == [False, True, True, None]
    assert "is not, character for character" in check(case)[0].said


def test_a_proof_of_another_story_or_edition_is_told(log: Log) -> None:
    case = Case(proof=proof_of(log, 100, published()), policy=TRUSTED, text=TEXT)
    moved = msgspec.structs.replace(case, story=story_id(9), edition=1)
    assert f"of the story {STORY}, not of {story_id(9)}" in failed(moved)["text"]
    other = msgspec.structs.replace(case, story=STORY, edition=2)
    assert "of edition 1, not of 2" in failed(other)["text"]


def test_a_leaf_that_was_never_logged_is_told(log: Log) -> None:
    for invented in (
        published(story=story_id(9)),
        published(time=NOON - timedelta(days=1)),
        published(feed=4),
    ):
        case = Case(proof=proof_of(log, 100, invented), policy=TRUSTED, text=TEXT)
        assert failed(case).keys() == {"included"}
        assert "does not lead to the root" in failed(case)["included"]


def test_a_proof_of_another_index_or_with_another_hash_is_told(log: Log) -> None:
    made = proof.decode(proof_of(log, 100, published()))
    for wrong in (
        {"index": 101},
        {"index": 300},
        {"hashes": made.hashes[1:]},
        {"hashes": (*made.hashes, bytes(32))},
        {"hashes": (bytes(32), *made.hashes[1:])},
    ):
        data = proof.encode(msgspec.structs.replace(made, **wrong))
        assert failed(Case(proof=data, policy=TRUSTED, text=TEXT)).keys() == {"included"}


def test_any_bit_of_a_proof_matters(log: Log) -> None:
    made = bytearray(proof_of(log, 100, published()))
    assert results(Case(proof=bytes(made), policy=TRUSTED, text=TEXT))[:3] == [True] * 3
    for at in range(0, len(made), 13):
        made[at] ^= 1
        assert False in results(Case(proof=bytes(made), policy=TRUSTED, text=TEXT))
        made[at] ^= 1


def test_another_key_is_told(log: Log) -> None:
    log.sign(THIEF)
    case = Case(proof=proof_of(log, 100, published()), policy=TRUSTED, text=TEXT)
    assert failed(case).keys() == {"signed"}
    assert "no key that is trusted" in failed(case)["signed"]


def test_a_quorum_that_is_missing_is_told(log: Log) -> None:
    lines = [f"witness w{n} {note.encode_vkey(w.verifier)}" for n, w in enumerate(WITNESSES)]
    text = f"log {note.encode_vkey(KEY.verifier)}\n" + "".join(f"{line}\n" for line in lines)
    asking = policy.decode(f"{text}group g 2 w0 w1 w2\nquorum g\n".encode())
    case = Case(proof=proof_of(log, 100, published()), policy=asking, text=TEXT)
    assert "is not reached: cosigned by nobody" in failed(case)["signed"]
    said = note.decode(log.files["checkpoint"])
    assert results(msgspec.structs.replace(case, read=log.read)) == [True, True, False, True]
    seen = tuple(cosignature.cosign(said.text, w, 1_795_000_000) for w in WITNESSES[:2])
    whole = msgspec.structs.replace(said, signatures=said.signatures + seen)
    log.files["checkpoint"] = note.encode(whole)
    case = Case(proof=proof_of(log, 100, published()), policy=asking, text=TEXT)
    assert failed(case) == {}
    assert "and seen by w0 at 2026-11-18 11:06:40 UTC, w1 at" in check(case)[2].said


def rewritten(log: Log, size: int) -> Log:
    """History rewritten from the story's entry on, and signed with the true key."""
    data = [*plain(100), entries.encode(published(feed=9)), *plain(size - 101)]
    return Log(data)


def test_history_rewritten_and_signed_with_the_true_key_is_told(log: Log) -> None:
    older = log.files["checkpoint"]
    for size in (300, 301, 1000):
        forged = rewritten(log, size)
        made = proof_of(forged, 100, published(feed=9))
        case = Case(proof=made, policy=TRUSTED, text=TEXT)
        assert results(case) == [True, True, True, None]
        with_older = msgspec.structs.replace(case, older=older, read=forged.read)
        assert failed(with_older).keys() == {"append-only"}


def test_a_log_that_forgets_what_a_proof_has_shown_is_told(log: Log) -> None:
    """No older checkpoint is needed: the proof holds one."""
    made = proof_of(log, 100, published())
    forged = rewritten(log, 500)
    case = Case(proof=made, policy=TRUSTED, text=TEXT, read=forged.read)
    assert results(case) == [True, True, True, False]


def test_a_log_rolled_back_is_told(log: Log) -> None:
    before = dict(log.files)
    older_proof = proof_of(log, 100, published())
    log.add(plain(300))
    newer = log.files["checkpoint"]
    case = Case(proof=older_proof, policy=TRUSTED, text=TEXT, older=newer, read=before.get)
    assert failed(case) == {"append-only": "the log has shrunk: from 600 to 300 entries"}
    made = proof_of(log, 100, published())
    case = Case(proof=made, policy=TRUSTED, text=TEXT, read=before.get)
    assert "shrunk" in failed(case)["append-only"]


def test_an_older_checkpoint_of_another_log_or_key_is_told(log: Log) -> None:
    case = Case(proof=proof_of(log, 100, published()), policy=TRUSTED, text=TEXT, read=log.read)
    stranger = Log(plain(3)).sign(THIEF)
    wrong = msgspec.structs.replace(case, older=stranger)
    assert "no key that is trusted" in failed(wrong)["append-only"]
    assert failed(msgspec.structs.replace(case, older=b"junk")).keys() == {"append-only"}


def test_without_the_logs_files_only_equal_sizes_can_be_compared(log: Log) -> None:
    case = Case(proof=proof_of(log, 100, published()), policy=TRUSTED, text=TEXT)
    same = msgspec.structs.replace(case, older=log.files["checkpoint"])
    assert results(same) == [True] * 4
    fork = msgspec.structs.replace(case, older=rewritten(log, 300).files["checkpoint"])
    assert "different roots" in failed(fork)["append-only"]
    for size in (200, 400):
        other = msgspec.structs.replace(case, older=rewritten(log, size).files["checkpoint"])
        found = check(other)[3]
        assert (found.passed, "files are needed" in found.said) == (None, True)


def test_a_log_without_a_checkpoint_or_a_tile_is_told(log: Log) -> None:
    made, older = proof_of(log, 100, published()), log.files["checkpoint"]
    log.add(plain(300))
    for gone in ("checkpoint", "tile/0/001"):
        files = {path: data for path, data in log.files.items() if path != gone}
        case = Case(proof=made, policy=TRUSTED, text=TEXT, older=older, read=files.get)
        assert failed(case).keys() == {"append-only"}


KILL = event(Kind.killed, edition="all", prev=100, time=NOON + timedelta(minutes=3))


@pytest.fixture
def killed(log: Log) -> Log:
    log.add([KILL])
    return log


def test_a_kill_is_proved_without_a_text_or_a_salt(killed: Log) -> None:
    made = proof_of(killed, 300, KILL, salt=None)
    case = Case(proof=made, policy=TRUSTED, story=STORY, read=killed.read)
    assert results(case) == [True] * 4
    assert check(case)[0].said == (
        f"the log says that every edition of the story {STORY} was killed (agency) "
        "on 2026-11-22 12:03:00 UTC"
    )


def test_a_text_beside_the_proof_of_a_kill_is_told(killed: Log) -> None:
    made = proof_of(killed, 300, KILL, salt=None)
    case = Case(proof=made, policy=TRUSTED, text=TEXT, story=STORY)
    assert "a text is shown, and the proof is that every edition" in failed(case)["text"]


def test_the_proof_of_a_kill_that_still_holds_the_salt_is_told(killed: Log) -> None:
    case = Case(proof=proof_of(killed, 300, KILL), policy=TRUSTED, story=STORY)
    assert "must not carry a salt" in failed(case)["text"]


def test_names_from_outside_cannot_disturb_a_sentence() -> None:
    odd = SignerKey(name="desk\u202e.example" + "x" * 400, seed=KEY.seed)
    log = Log([published()])
    said = msgspec.structs.replace(log.checkpoint, origin=odd.name)
    log.files["checkpoint"] = checkpoint.sign(said, [odd])
    lines = f"log {note.encode_vkey(odd.verifier)}\nwitness ".encode() + b"\xff "
    lines += note.encode_vkey(WITNESSES[0].verifier).encode() + b"\nquorum none\n"
    text = checkpoint.encode(said)
    signatures = (note.sign(text, odd), cosignature.cosign(text, WITNESSES[0], 2**63 - 1))
    log.files["checkpoint"] = note.encode(note.Note(text=text, signatures=signatures))
    case = Case(proof=proof_of(log, 0, published()), policy=policy.decode(lines), text=TEXT)
    found = check(case)
    assert [each.passed for each in found] == [True, True, True, None]
    for each in found:
        assert each.said.isprintable()
        assert len(each.said) < 250
        assert each.said.encode()
    assert found[2].said.endswith("\ufffd at second 9223372036854775807")


def test_a_leaf_that_follows_one_behind_it_is_told(log: Log) -> None:
    late = event(Kind.killed, prev=300)
    log.add([late])
    case = Case(proof=proof_of(log, 300, late, salt=None), policy=TRUSTED)
    assert "says it follows index 300" in failed(case)["included"]


def test_a_proof_without_leaf_or_salt_or_with_a_control_entry_is_told(log: Log) -> None:
    made = proof.decode(proof_of(log, 100, published()))
    bare = proof.encode(msgspec.structs.replace(made, extra=None))
    assert failed(Case(proof=bare, policy=TRUSTED, text=TEXT)).keys() == {"text", "included"}
    unsalted = proof_of(log, 100, published(), salt=None)
    assert "salt" in failed(Case(proof=unsalted, policy=TRUSTED, text=TEXT))["text"]
    named = control.encode(control.Feed(time=NOON, feed=3, name="Vasant Wire"))
    odd = proof.encode(msgspec.structs.replace(made, extra=named))
    assert failed(Case(proof=odd, policy=TRUSTED, text=TEXT)).keys() == {"text", "included"}


@pytest.mark.parametrize(
    "data", [b"", b"junk", b"c2sp.org/tlog-proof@v1\nindex 0\n\n", b"\xff" * 99]
)
def test_what_is_no_proof_fails_at_everything_in_one_line(data: bytes) -> None:
    found = check(Case(proof=data, policy=Policy(), text=TEXT, read={}.get))
    assert [each.passed for each in found] == [False] * 4
    assert all("\n" not in each.said for each in found)
