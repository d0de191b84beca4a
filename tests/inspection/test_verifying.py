"""A story looked at from outside, in whatever state it is; and files that were kept."""

from pathlib import Path

import pytest

from copytaster.inspection import Answer
from copytaster.inspection import Memory
from copytaster.inspection import NoAddress
from copytaster.inspection import NoAnswer
from copytaster.inspection import Verdict
from copytaster.inspection import trust
from copytaster.inspection.verifying import verify_kept
from copytaster.ledger import Kind
from copytaster.ledger import Malformed
from copytaster.ledger import SignerKey
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.story import DecisionKind
from tests.inspection.making import Outside
from tests.newsroom import test_erasing
from tests.newsroom import test_taken_back as taken_back
from tests.newsroom.making import BASE
from tests.newsroom.making import TEXT

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "text": "It left at eight."}


def failed(verdict: Verdict) -> dict[str, str]:
    return {one.name: one.said for one in verdict.checks if one.passed is False}


def test_a_story_that_can_be_read_holds_in_four_lines(outside: Outside) -> None:
    story = outside.house.send()
    outside.log()
    verdict = outside.verify(story)
    assert verdict.holds
    assert [(one.name, one.passed) for one in verdict.checks] == [
        ("text", True),
        ("included", True),
        ("signed", True),
        ("append-only", True),
    ]
    assert [one.said for one in verdict.checks] == [
        (
            f"the text is, character for character, that of edition 1 of the story {story.id}, "
            "published on 2026-03-02 09:00:00 UTC"
        ),
        "this is entry 2 of the 3 in the log desk.example/log/1",
        (
            "signed by the log desk.example/log/1; the policy asks for no witness; "
            "the key is the one that the site itself names (--policy brings one from elsewhere)"
        ),
        "the log has only grown since the proof: 3 entries then and now",
    ]
    assert verdict.checkpoint == outside.checkpoint


def test_every_edition_holds_and_an_older_checkpoint_with_it(outside: Outside) -> None:
    outside.house.send()
    outside.log()
    older = outside.checkpoint
    story = outside.house.send(**SECOND)
    outside.log()
    for edition in (None, 1, 2):
        verdict = outside.verify(story, edition, older=older)
        assert verdict.holds
        grown = "the log has only grown since the older checkpoint: from 3 to 4 entries"
        assert verdict.checks[3].said == grown


@pytest.mark.parametrize(
    ("kind", "told"), [(DecisionKind.hold, Kind.held), (DecisionKind.kill, Kind.killed)]
)
def test_what_was_taken_back_holds_as_such(
    kind: DecisionKind, told: Kind, outside: Outside
) -> None:
    outside.house.send()
    story = outside.house.decide(kind)
    outside.log()
    for edition in (None, 1):
        verdict = outside.verify(story, edition)
        assert verdict.holds
        assert verdict.event is not None
        assert verdict.event.kind is told


def test_a_legal_order_and_a_release_hold(outside: Outside) -> None:
    outside.house.send()
    story = outside.house.kill(reason="legal")
    outside.log()
    assert outside.verify(story).holds
    assert "killed (legal)" in outside.verify(story).checks[0].said
    outside.house.send("urn:seaboard:freed", text="The north quay is open again.")
    outside.house.hold("urn:seaboard:freed")
    story = outside.house.release("urn:seaboard:freed")
    outside.log()
    verdict = outside.verify(story)
    assert verdict.holds
    assert verdict.event is not None
    assert verdict.event.kind is Kind.published


def test_an_erased_story_holds(outside: Outside) -> None:
    story = outside.house.send()
    test_erasing.erase(outside.house, story)
    outside.log()
    verdict = outside.verify(story)
    assert verdict.holds
    assert verdict.event is not None
    assert verdict.event.kind is Kind.erased


def test_an_edition_taken_back_alone_holds_as_such(outside: Outside) -> None:
    for lot in (taken_back.BAD, taken_back.GOOD, taken_back.KILL):
        story = taken_back.receive(outside.house, lot)
    assert story is not None
    outside.log()
    assert outside.verify(story).holds
    assert outside.verify(story, 1).holds
    assert "edition 1 of the story" in outside.verify(story, 1).checks[0].said


def test_a_story_that_moved_between_two_requests_is_looked_at_again(outside: Outside) -> None:
    story = outside.house.send()
    outside.log()
    page = outside.get(f"/s/{story.id}")
    story = outside.house.send(**SECOND)
    outside.log()
    answers = [page]
    outside.false[f"/s/{story.id}"] = lambda one: answers.pop() if answers else one
    assert outside.verify(story).holds
    assert outside.waited > 0


def test_an_entry_that_is_not_signed_yet_is_waited_for(outside: Outside) -> None:
    outside.house.send("urn:seaboard:other")
    outside.log()
    story = outside.house.send()
    assert outside.get(f"/s/{story.id}.tlog-proof").status == 503
    with pytest.raises(NoAnswer, match="still answers 503"):
        outside.verify(story)
    outside.meanwhile = outside.log
    assert outside.verify(story).holds


def test_a_story_without_a_proof_stands_for_itself_alone(outside: Outside) -> None:
    story = outside.house.send()
    outside.log()
    outside.shows(f"/s/{story.id}.tlog-proof", b"<!doctype html>", 404)
    assert failed(outside.verify(story)) == {
        "text": f"/s/{story.id}.tlog-proof answers 404 and is no proof: "
        "the page stands for itself alone",
        "included": "there is no proof to look at",
    }
    outside.shows(f"/s/{story.id}", b"Gone.", 410)
    assert "nothing says that the story was taken back" in failed(outside.verify(story))["text"]


def test_a_page_that_marks_no_text_or_two_is_told(outside: Outside) -> None:
    story = outside.house.send()
    outside.log()
    body = f"<p>{TEXT}</p>".encode()
    for page in (body, b"<div data-copy=body>%b</div><div data-copy=body>%b</div>" % (body, body)):
        outside.shows(f"/s/{story.id}", page)
        assert failed(outside.verify(story)).keys() == {"text"}
        assert "the page marks no text" in failed(outside.verify(story))["text"]


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", b"c2sp.org/tlog-proof@v1\n", b"\0" * 70_000])
def test_hostile_answers_are_told_in_one_line(body: bytes, outside: Outside) -> None:
    story = outside.house.send()
    outside.log()
    for suffix in ("", ".txt", ".json", ".tlog-proof"):
        outside.shows(f"/s/{story.id}{suffix}", body)
        verdict = outside.verify(story)
        assert verdict.holds == (suffix == ".json"), suffix
        assert all("\n" not in one.said for one in verdict.checks)
        outside.false.clear()


def test_a_story_that_never_was_and_a_site_without_a_log_are_said_to_be_so(
    outside: Outside,
) -> None:
    story = outside.house.send()
    with pytest.raises(NoAnswer, match="keeps no public log"):
        outside.verify(story)
    outside.log()
    for suffix in ("", ".tlog-proof"):
        outside.shows(f"/s/{story.id}{suffix}", b"", 404)
    with pytest.raises(NoAddress, match="there is no such story"):
        outside.verify(story)


# --- keys ---------------------------------------------------------------------------------------


def test_the_key_of_the_first_visit_is_the_measure_of_later_ones(
    outside: Outside, tmp_path: Path
) -> None:
    story = outside.house.send()
    outside.log()
    memory = Memory(folder=tmp_path / "kept")
    first = trust.of_site(BASE, outside.get, memory)
    assert first.vkey is not None
    memory.keep(BASE, vkey=first.vkey, checkpoint=outside.checkpoint)
    again = trust.of_site(BASE, outside.get, memory)
    assert again.said == "the key is the one that the site named on earlier visits as well"
    assert outside.verify(story, by=again).holds
    thief = SignerKey(name=outside.key.name, seed=bytes(32))
    outside.rewrites(outside.entries(), thief)
    outside.shows("/log/vkey", note.encode_vkey(thief.verifier).encode())
    assert outside.verify(story).holds, "who was never here cannot know"
    later = trust.of_site(BASE, outside.get, memory)
    said = failed(outside.verify(story, by=later))["signed"]
    assert "the site names another key now than the one of earlier visits, which counts" in said
    assert str(memory.place(BASE)) in said


def test_a_policy_says_whose_signature_counts(outside: Outside) -> None:
    story = outside.house.send()
    outside.log()
    vkey = outside.get("/log/vkey").body.decode().strip()
    held = trust.given(f"log {vkey}\nquorum none\n".encode(), "mine.policy")
    verdict = outside.verify(story, by=held)
    assert verdict.holds
    assert verdict.checks[2].said.endswith("; the key is the one in mine.policy")
    stranger = note.encode_vkey(SignerKey(name="other.example/log/1", seed=bytes(32)).verifier)
    other = trust.given(f"log {stranger}\nquorum none\n".encode(), "other.policy")
    assert {"signed", "append-only"} == failed(outside.verify(story, by=other)).keys()


@pytest.mark.parametrize("vkey", [b"", b"no key", b"x" * 5000, b"a+00000000+AAAA"])
def test_a_key_that_is_none_is_refused(vkey: bytes, outside: Outside) -> None:
    outside.shows("/log/vkey", vkey)
    with pytest.raises(Malformed):
        trust.of_site(BASE, outside.get, None)


# --- files that were kept -------------------------------------------------------------------------


def test_what_was_kept_is_checked_without_asking_anybody(outside: Outside) -> None:
    story = outside.house.send()
    outside.log()
    forms = [outside.get(f"/s/{story.id}{suffix}").body for suffix in ("", ".txt")]
    proved = outside.get(f"/s/{story.id}.tlog-proof").body
    by = trust.of_site(BASE, outside.get, None)
    outside.asked.clear()
    for kept in forms:
        verdict = verify_kept(kept, proved, by, outside.checkpoint)
        assert [one.passed for one in verdict.checks] == [True] * 4
        assert [one.passed for one in verify_kept(kept, proved, by).checks] == [True] * 3 + [None]
        unsigned = verify_kept(kept, proved, None)
        assert [one.passed for one in unsigned.checks] == [True, True, None, None]
        assert not verify_kept(kept.replace(b"seven", b"eight"), proved, by).holds
    assert verify_kept(None, proved, by).checks[0].passed is None
    with pytest.raises(NoAddress, match="marks no text"):
        verify_kept(b"<div data-copy=body></div>", proved, by)
    assert outside.asked == ["/log/checkpoint"] * 2


def test_a_proof_that_is_none_is_told(outside: Outside) -> None:
    verdict = verify_kept(b"text\n", b"c2sp.org/tlog-proof@v1\n", trust_of_nobody(outside))
    assert set(failed(verdict)) >= {"text", "included", "signed"}


def trust_of_nobody(outside: Outside) -> trust.Trust:
    return trust.Trust(policy=policy.Policy(), said="nobody")


def test_answers_are_not_changed_by_being_looked_at() -> None:
    assert Answer(status=200) == Answer(status=200, body=b"", headers={})
