"""Proof files, policies and the cosignatures of witnesses."""

import re
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from copytaster.ledger import Checkpoint
from copytaster.ledger import Malformed
from copytaster.ledger import Policy
from copytaster.ledger import Proof
from copytaster.ledger import SignerKey
from copytaster.ledger import Unproved
from copytaster.ledger import VerifierKey
from copytaster.ledger import checkpoint
from copytaster.ledger import cosignature
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.ledger import proof
from copytaster.ledger.checkpoint import Signed
from copytaster.ledger.note import Note
from copytaster.ledger.note import Signature
from copytaster.ledger.policy import Group
from copytaster.ledger.policy import Log
from copytaster.ledger.policy import Witness
from copytaster.ledger.proof import Extra
from tests.ledger.making import HASHES
from tests.ledger.making import KEY
from tests.ledger.making import NAMES
from tests.ledger.making import NUMBERS
from tests.ledger.making import ORIGIN
from tests.ledger.making import THIEF
from tests.ledger.making import WITNESSES
from tests.ledger.making import hashed

SAID = Checkpoint(origin=ORIGIN, size=3, root=hashed("root"))
TEXT = checkpoint.encode(SAID)
SIGNED = checkpoint.sign(SAID, [KEY])


def cosigned(*witnesses: SignerKey, by: SignerKey = KEY, at: int = 1_795_000_000) -> bytes:
    """The checkpoint, with lines of witnesses."""
    lines = (note.sign(TEXT, by), *(cosignature.cosign(TEXT, w, at) for w in witnesses))
    return note.encode(Note(text=TEXT, signatures=lines))


PROOFS = st.builds(
    Proof,
    index=NUMBERS,
    hashes=st.lists(HASHES, max_size=63).map(tuple),
    checkpoint=st.just(SIGNED),
    extra=st.none() | st.binary(min_size=1, max_size=200),
)


@given(PROOFS)
def test_a_proof_is_read_as_it_was_written(said: Proof) -> None:
    data = proof.encode(said)
    assert proof.decode(data) == said
    assert data.endswith(b"\n\n" + SIGNED)


@given(PROOFS, st.data())
def test_a_proof_has_one_spelling(said: Proof, data: st.DataObject) -> None:
    whole = bytearray(proof.encode(said))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = proof.decode(bytes(whole))
    except Malformed:
        return
    assert proof.encode(found) == bytes(whole)


def test_a_proof_is_written_as_the_standard_says() -> None:
    said = Proof(index=73894, hashes=(b"a" * 32, b"b" * 32), checkpoint=SIGNED, extra=b"extra")
    assert proof.encode(said) == (
        b"c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 73894\n"
        b"YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=\n"
        b"YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI=\n\n" + SIGNED
    )
    least = Proof(index=0, hashes=(), checkpoint=SIGNED)
    assert proof.encode(least) == b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + SIGNED


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("c2sp.org/tlog-proof@v2\nindex 0\n\n", "begins with"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n", "empty line|hash"),
        ("c2sp.org/tlog-proof@v1\nindex 00\n\n", "not a number"),
        ("c2sp.org/tlog-proof@v1\nindex -1\n\n", "not a number"),
        ("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n", "not a number"),
        ("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n", "no extra line"),
        ("c2sp.org/tlog-proof@v1\nextra QQ\nindex 0\n\n", "base64"),
        ("c2sp.org/tlog-proof@v1\nextra QR==\nindex 0\n\n", "spelling"),
        ("c2sp.org/tlog-proof@v1\nextra QQ==\nextra QQ==\nindex 0\n\n", "index"),
        ("c2sp.org/tlog-proof@v1\nindex 0\nextra QQ==\n\n", "base64"),
        ("c2sp.org/tlog-proof@v1\nindex 0\nQQ==\n\n", "1 bytes"),
        ("c2sp.org/tlog-proof@v1\n\n", "index"),
        ("c2sp.org/tlog-proof@v1\r\nindex 0\n\n", "control"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n" + "A" * 43 + "=\n\nmore\n\n", "three lines"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n" + ("A" * 43 + "=\n") * 64 + "\n", "64 hashes"),
        ("c2sp.org/tlog-proof@v1\nextra " + "QUFB" * 17_000 + "\nindex 0\n\n", "65,536"),
    ],
)
def test_what_is_no_proof_is_refused(head: str, told: str) -> None:
    with pytest.raises(Malformed, match=told):
        proof.decode(head.encode() + SIGNED)


def test_a_proof_is_not_endless() -> None:
    with pytest.raises(Malformed, match="more than"):
        proof.decode(b"x" * 400_000)
    with pytest.raises(Malformed, match="note"):
        proof.decode(b"c2sp.org/tlog-proof@v1\nindex 0\n\nno checkpoint\n")


def test_what_a_proof_cannot_hold_is_not_written() -> None:
    said = Proof(index=0, hashes=(), checkpoint=SIGNED)
    for wrong in (
        {"index": -1},
        {"hashes": (b"short",)},
        {"hashes": (bytes(32),) * 64},
        {"extra": b""},
        {"checkpoint": b"no note"},
    ):
        with pytest.raises(Malformed):
            proof.encode(msgspec.structs.replace(said, **wrong))


@given(st.binary(max_size=600), st.none() | HASHES)
def test_leaf_and_salt_travel_together(leaf: bytes, salt: bytes | None) -> None:
    said = Extra(leaf=leaf + b"\n", salt=salt)
    data = proof.encode_extra(said)
    assert proof.decode_extra(data) == said
    ended = data.endswith(b"\nsalt text " + salt.hex().encode() + b"\n") if salt else True
    assert ended


def test_an_extra_that_is_two_things_at_once_is_not_written() -> None:
    line = b"salt text " + b"ab" * 32 + b"\n"
    for wrong in (Extra(leaf=b"leaf\n" + line), Extra(leaf=b"leaf", salt=b"short")):
        with pytest.raises(Malformed, match="at most the salt"):
            proof.encode_extra(wrong)
    with pytest.raises(Malformed, match="too many"):
        proof.decode_extra(bytes(1200))


def test_a_mirrors_cosignature_of_another_program_is_true(corpus: Path) -> None:
    place = corpus / "tlog/cosigned-checkpoints"
    told = msgspec.json.decode((place / "skylight-mirror.json").read_bytes())
    key = note.decode_vkey(told["verifier_keys"][0])
    data = (place / "skylight-mirror.checkpoint").read_bytes()
    signed = checkpoint.read(data)
    assert key.kind == note.COSIGNATURE
    assert (signed.checkpoint.origin, signed.checkpoint.size) == ("rome2026h1.example.org", 300)
    seconds = cosignature.seen(signed, key)
    assert seconds == int.from_bytes(signed.note.signatures[0].signature[:8], "big")
    for at in range(len(signed.note.text)):
        text = signed.note.text[:at] + "~" + signed.note.text[at + 1 :]
        changed = Signed(
            checkpoint=signed.checkpoint, note=Note(text=text, signatures=signed.note.signatures)
        )
        with pytest.raises(Unproved):
            cosignature.seen(changed, key)


def test_a_cosignature_covers_its_time_and_the_extensions() -> None:
    (line,) = checkpoint.read(cosigned(WITNESSES[0], at=77)).note.signatures[1:]
    key = WITNESSES[0].verifier
    assert cosignature.seen(checkpoint.read(cosigned(WITNESSES[0], at=77)), key) == 77
    later = Signature(name=line.name, id=line.id, signature=bytes(8) + line.signature[8:])
    cut = Signature(name=line.name, id=line.id, signature=line.signature[:8])
    far = Signature(name=line.name, id=line.id, signature=b"\xff" * 8 + line.signature[8:])
    for text, signature in ((TEXT, later), (TEXT, cut), (TEXT, far), (f"{TEXT}more\n", line)):
        made = Note(text=text, signatures=(signature,))
        with pytest.raises(Unproved, match=r"witness1\.example"):
            cosignature.seen(Signed(checkpoint=SAID, note=made), key)


def test_of_two_lines_of_a_witness_the_earlier_counts() -> None:
    lines = [cosignature.cosign(TEXT, WITNESSES[0], at) for at in (90, 80)]
    signed = Signed(checkpoint=SAID, note=Note(text=TEXT, signatures=tuple(lines)))
    assert cosignature.seen(signed, WITNESSES[0].verifier) == 80
    assert cosignature.seen(signed, WITNESSES[1].verifier) is None


def test_a_key_that_signs_notes_does_not_cosign() -> None:
    with pytest.raises(Malformed, match="must not cosign"):
        cosignature.cosign(TEXT, KEY, 1)
    with pytest.raises(Malformed, match="no time"):
        cosignature.cosign(TEXT, WITNESSES[0], -1)


def test_a_post_quantum_cosignature_is_checked() -> None:
    """The message is built here from the standard's structure, byte by byte."""
    private = MLDSA44PrivateKey.from_seed_bytes(bytes(32))
    public = private.public_key().public_bytes_raw()
    key = VerifierKey(name="pq.example/w", kind=note.ML_DSA_44, public=public)
    at = (1_795_000_000).to_bytes(8, "big")
    message = (
        b"subtree/v1\n\x00\x0cpq.example/w" + at + bytes([len(ORIGIN)]) + ORIGIN.encode()
        + bytes(8) + (3).to_bytes(8, "big") + SAID.root
    )  # fmt: skip
    line = Signature(name=key.name, id=key.id, signature=at + private.sign(message))
    own = note.sign(TEXT, KEY)
    data = note.encode(Note(text=TEXT, signatures=(own, line)))
    signed = checkpoint.read(data)
    assert cosignature.seen(signed, key) == 1_795_000_000
    assert note.decode_vkey(note.encode_vkey(key)) == key
    trusted = policy.decode(
        f"log {note.encode_vkey(KEY.verifier)}\nwitness pq {note.encode_vkey(key)}\n"
        "quorum pq\n".encode()
    )
    assert policy.believe(trusted, data).witnesses == (("pq", 1_795_000_000),)
    other = msgspec.structs.replace(signed.checkpoint, size=4)
    with pytest.raises(Unproved, match="false"):
        cosignature.seen(Signed(checkpoint=other, note=signed.note), key)


def vkeys(*keys: SignerKey) -> tuple[str, ...]:
    return tuple(note.encode_vkey(key.verifier) for key in keys)


def trusting(quorum: str, *groups: str) -> Policy:
    """Our log, three witnesses w1 to w3, and the lines that are given."""
    lines = [f"log {vkeys(KEY)[0]}"]
    lines += [f"witness w{n} {key}" for n, key in enumerate(vkeys(*WITNESSES), start=1)]
    return policy.decode("".join(f"{x}\n" for x in (*lines, *groups, f"quorum {quorum}")).encode())


@pytest.mark.parametrize(
    ("quorum", "groups", "enough", "too_few"),
    [
        ("none", (), ((), (1,)), ()),
        ("w2", (), ((2,), (1, 2)), ((), (1, 3))),
        ("g", ("group g any w1 w2 w3",), ((1,), (2,), (3,)), ((),)),
        ("g", ("group g all w1 w2 w3",), ((1, 2, 3),), ((), (1, 2), (2, 3))),
        ("g", ("group g 2 w1 w2 w3",), ((1, 2), (2, 3), (1, 2, 3)), ((), (1,), (3,))),
        (
            "both",
            ("group one any w1 w2", "group both all one w3"),
            ((1, 3), (2, 3)),
            ((1, 2), (3,), ()),
        ),
    ],
)
def test_a_quorum_is_what_the_policy_says(
    quorum: str,
    groups: tuple[str, ...],
    enough: tuple[tuple[int, ...], ...],
    too_few: tuple[tuple[int, ...], ...],
) -> None:
    trusted = trusting(quorum, *groups)
    for who in enough:
        believed = policy.believe(trusted, cosigned(*(WITNESSES[n - 1] for n in who)))
        assert believed.signed.checkpoint == SAID
        assert [name for name, _ in believed.witnesses] == [f"w{n}" for n in who]
    for who in too_few:
        with pytest.raises(Unproved, match=f"the quorum '{quorum}' is not reached"):
            policy.believe(trusted, cosigned(*(WITNESSES[n - 1] for n in who)))


def test_witnesses_do_not_stand_in_for_the_log() -> None:
    with pytest.raises(Unproved, match="no key that is trusted"):
        policy.believe(trusting("w1"), cosigned(WITNESSES[0], by=THIEF))
    empty = policy.decode(b"quorum none\n")
    with pytest.raises(Unproved, match="not trusted"):
        policy.believe(empty, SIGNED)


def test_a_false_cosignature_of_a_known_witness_is_refused_even_if_not_needed() -> None:
    (own, line) = checkpoint.read(cosigned(WITNESSES[0])).note.signatures
    false = Signature(name=line.name, id=line.id, signature=line.signature[:-1] + b"\0")
    data = note.encode(Note(text=TEXT, signatures=(own, false)))
    with pytest.raises(Unproved, match="false"):
        policy.believe(trusting("none"), data)


def test_the_same_witness_does_not_count_twice() -> None:
    lines = [cosignature.cosign(TEXT, WITNESSES[0], at) for at in (1, 2)]
    data = note.encode(Note(text=TEXT, signatures=(note.sign(TEXT, KEY), *lines)))
    with pytest.raises(Unproved, match="not reached"):
        policy.believe(trusting("g", "group g 2 w1 w2 w3"), data)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Every policy that a file can hold; groups stand behind their members."""
    seeds = draw(st.lists(HASHES, min_size=3, max_size=5, unique=True))
    names = draw(st.lists(NAMES, min_size=8, max_size=8, unique=True))
    names = [name for name in names if name != "none"]
    log, witness = draw(NAMES), draw(NAMES)
    urls = st.none() | NAMES.map("https://{}".format)
    logs = [Log(key=SignerKey(name=log, seed=s).verifier, url=draw(urls)) for s in seeds]
    witnesses = []
    for seed in seeds[1:]:
        key = SignerKey(name=witness, kind=note.COSIGNATURE, seed=seed).verifier
        witnesses.append(Witness(name=names.pop(), key=key, url=draw(urls)))
    free, groups = [witness.name for witness in witnesses], []
    while len(free) > 1 and names and draw(st.booleans()):
        count = draw(st.integers(1, len(free)))
        members, free = free[:count], free[count:]
        needed = draw(st.integers(1, count))
        groups.append(Group(name=names.pop(), threshold=needed, members=tuple(members)))
        free.append(groups[-1].name)
    quorum = draw(
        st.sampled_from(["none", *(w.name for w in witnesses), *(g.name for g in groups)])
    )
    return Policy(logs=tuple(logs), witnesses=tuple(witnesses), groups=tuple(groups), quorum=quorum)


@given(policies())
def test_a_policy_is_read_as_it_was_written(said: Policy) -> None:
    assert policy.decode(policy.encode(said)) == said


def test_a_policy_is_read_with_comments_blanks_and_bytes_that_are_no_text() -> None:
    log, one = vkeys(KEY)[0], vkeys(WITNESSES[0])[0]
    data = (
        f"# whom we trust\n\n  log\t{log}  https://desk.example/log \n\t# more\n"
        f"witness #1 {one}\ngroup "
    ).encode() + b"\xff\xfe any #1\n\nquorum \xff\xfe\n"
    found = policy.decode(data)
    assert found.logs[0].url == "https://desk.example/log"
    assert found.quorum.encode("utf-8", "surrogateescape") == b"\xff\xfe"
    assert policy.decode(policy.encode(found)) == found
    assert policy.believe(found, cosigned(WITNESSES[0])).witnesses[0][0] == "#1"


LOG, OTHER_LOG = vkeys(KEY, THIEF)
W1, W2, _ = vkeys(*WITNESSES)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "without a quorum"),
        ("quorum none", "not ended by a line feed"),
        ("quorum none\nquorum none\n", "line 2 of the policy: a policy has one quorum"),
        ("quorum w1\n", "line 1 of the policy: the quorum 'w1' is not defined above"),
        (f"quorum w1\nwitness w1 {W1}\n", "line 1"),
        (f"witness w1 {W1}\nwitness w1 {W2}\nquorum none\n", "line 2 of the policy: the name"),
        (f"witness w1 {W1}\nwitness w2 {W1}\nquorum none\n", "line 2 of the policy: the key"),
        (f"witness none {W1}\nquorum none\n", "the name 'none' is taken"),
        (f"witness w1 {LOG}\nquorum none\n", "does not cosign"),
        (f"log {W1}\nquorum none\n", "signs for no log"),
        (f"log {LOG}\nlog {LOG}\nquorum none\n", "twice"),
        (f"log {LOG} url more\nquorum none\n", "a log is"),
        ("log\nquorum none\n", "a log is"),
        ("log nonsense\nquorum none\n", "a vkey is"),
        (f"witness {W1}\nquorum none\n", "a witness is"),
        (f"witness w1 {W1}\ngroup g 0 w1\nquorum g\n", "'0' cannot be needed"),
        (f"witness w1 {W1}\ngroup g 2 w1\nquorum g\n", "'2' cannot be needed"),
        (f"witness w1 {W1}\ngroup g 01 w1\nquorum g\n", "'01' cannot be needed"),
        (f"witness w1 {W1}\ngroup g most w1\nquorum g\n", "'most' cannot be needed"),
        (f"witness w1 {W1}\ngroup g any w1 w1\nquorum g\n", "a member already"),
        (f"witness w1 {W1}\ngroup g any w1\ngroup h any w1\nquorum h\n", "a member already"),
        (f"witness w1 {W1}\ngroup g any\nquorum g\n", "a group is"),
        ("group g any g\nquorum g\n", "not defined above"),
        ("group g any none\nquorum g\n", "not defined above"),
        ("trust everyone\nquorum none\n", "'trust' is none of"),
        ("quorum none\r\n", "control character"),
        ("quorum none\n\x7f\n", "control character"),
        ("# " + "x" * 262_144 + "\nquorum none\n", "more than 262,144"),
    ],
)
def test_what_is_no_policy_is_refused(lines: str, told: str) -> None:
    with pytest.raises(Malformed, match=re.escape(told)):
        policy.decode(lines.encode())


def test_more_members_than_anybody_needs_are_refused() -> None:
    seeds = (n.to_bytes(32, "big") for n in range(600))
    keys = (SignerKey(name="w", kind=note.COSIGNATURE, seed=seed) for seed in seeds)
    lines = "".join(f"witness w{n} {vkeys(key)[0]}\n" for n, key in enumerate(keys))
    with pytest.raises(Malformed, match="more than 512"):
        policy.decode(f"{lines}quorum none\n".encode())


def test_what_no_policy_file_can_say_is_not_written() -> None:
    for wrong in (
        Policy(quorum="nobody"),
        Policy(quorum="two words"),
        Policy(quorum="\ud800"),
        Policy(groups=(Group(name="g", threshold=1, members=()),)),
        Policy(logs=(Log(key=KEY.verifier, url=""),)),
        Policy(logs=(Log(key=WITNESSES[0].verifier),)),
    ):
        with pytest.raises(Malformed):
            policy.encode(wrong)
