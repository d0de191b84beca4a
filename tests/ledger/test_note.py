"""Signed notes: what is a note, whose signature counts."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.pretty import pretty_repr

from copytaster.ledger import Checkpoint
from copytaster.ledger import Malformed
from copytaster.ledger import SignerKey
from copytaster.ledger import Unproved
from copytaster.ledger import VerifierKey
from copytaster.ledger import checkpoint
from copytaster.ledger import note
from copytaster.ledger.note import Note
from copytaster.ledger.note import Signature
from tests.ledger.making import HASHES
from tests.ledger.making import KEY
from tests.ledger.making import NAMES
from tests.ledger.making import NUMBERS
from tests.ledger.making import ORIGIN
from tests.ledger.making import THIEF
from tests.ledger.making import hashed

LINES = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
TEXTS = st.lists(LINES, min_size=1, max_size=4).map(lambda lines: "".join(f"{x}\n" for x in lines))
SIGNATURES = st.builds(
    Signature,
    name=NAMES,
    id=st.binary(min_size=4, max_size=4),
    signature=st.binary(min_size=1, max_size=80),
)
NOTES = st.builds(
    Note,
    text=TEXTS,
    signatures=st.lists(SIGNATURES, min_size=1, max_size=5).map(tuple),
)


def signed(text: str, *keys: SignerKey) -> Note:
    return Note(text=text, signatures=tuple(note.sign(text, key) for key in keys))


@given(NOTES)
def test_a_note_is_read_as_it_was_written(made: Note) -> None:
    data = note.encode(made)
    assert note.decode(data) == made
    assert note.encode(note.decode(data)) == data


@given(NOTES, st.data())
def test_a_note_has_one_spelling(made: Note, data: st.DataObject) -> None:
    whole = bytearray(note.encode(made))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = note.decode(bytes(whole))
    except Malformed:
        return
    assert note.encode(found) == bytes(whole)


@given(NAMES, HASHES, st.sampled_from([note.ED25519, note.COSIGNATURE]))
def test_keys_are_read_as_they_were_written(name: str, seed: bytes, kind: int) -> None:
    key = SignerKey(name=name, kind=kind, seed=seed)
    assert note.decode_secret(note.encode_secret(key)) == key
    assert note.decode_vkey(note.encode_vkey(key.verifier)) == key.verifier


def test_the_note_of_the_standard_is_read() -> None:
    data = (
        "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera."
        "\n\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJ"
        "KONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
    ).encode()
    found = note.decode(data)
    assert found.text.endswith("\n\ned è subito sera.\n")
    assert [(line.name, line.id.hex(), len(line.signature)) for line in found.signatures] == [
        ("quasimodo.example/salvatore", "367ba04b", 64)
    ]
    assert note.encode(found) == data


def test_a_signature_is_of_one_text_and_one_key() -> None:
    made = signed("first\nsecond\n", KEY)
    assert note.verify(made, [KEY.verifier]) == (KEY.verifier,)
    with pytest.raises(Unproved, match="false"):
        note.verify(Note(text="first\nsecond \n", signatures=made.signatures), [KEY.verifier])
    with pytest.raises(Unproved, match="no key that is trusted"):
        note.verify(made, [THIEF.verifier])
    with pytest.raises(Unproved, match="no key that is trusted"):
        note.verify(made, [])


def test_lines_of_others_are_carried_and_ignored() -> None:
    foreign = Signature(name="pq.example/w", id=b"\6\6\6\6", signature=bytes(2428))
    named_alike = Signature(name=ORIGIN, id=b"\0\0\0\0", signature=b"x")
    same_id = Signature(name="other.example", id=KEY.verifier.id, signature=b"x")
    own = note.sign("text\n", KEY)
    made = Note(text="text\n", signatures=(foreign, named_alike, own, same_id))
    assert note.verify(note.decode(note.encode(made)), [KEY.verifier]) == (KEY.verifier,)


def test_a_false_line_of_a_trusted_key_spoils_the_note() -> None:
    """The standard: "clients SHOULD reject the whole note"."""
    false = Signature(name=ORIGIN, id=KEY.verifier.id, signature=bytes(64))
    short = Signature(name=ORIGIN, id=KEY.verifier.id, signature=b"x")
    for line in (false, short):
        for lines in ((line,), (note.sign("text\n", KEY), line), (line, note.sign("text\n", KEY))):
            with pytest.raises(Unproved, match="false"):
                note.verify(Note(text="text\n", signatures=lines), [KEY.verifier])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "blank line"),
        (b"text\n", "blank line"),
        (b"text\n\n", "blank line"),
        (b"text\n\n\xe2\x80\x94 a AAAAAAA=", "blank line"),
        (b"text\n\n- a AAAAAAA=\n", "no signature line"),
        (b"text\n\n\xe2\x80\x94 a  AAAAAAA=\n", "base64"),
        (b"text\n\n\xe2\x80\x94 a+b AAAAAAA=\n", "no signature line"),
        (b"text\n\n\xe2\x80\x94  AAAAAAA=\n", "no signature line"),
        (b"text\n\n\xe2\x80\x94 a\xc2\xa0b AAAAAAA=\n", "no signature line"),
        (b"text\n\n\xe2\x80\x94 a AAAAAAB=\n", "spelling"),
        (b"text\n\n\xe2\x80\x94 a AAAAAAA\n", "base64"),
        (b"text\n\n\xe2\x80\x94 a AAAAAA==\n", "too short"),
        (b"text\n\n\xe2\x80\x94 a AAAAAAA=\nmore\n", "no signature line"),
        (b"te\rxt\n\n\xe2\x80\x94 a AAAAAAA=\n", "control character"),
        (b"te\x00xt\n\n\xe2\x80\x94 a AAAAAAA=\n", "control character"),
        (b"te\xffxt\n\n\xe2\x80\x94 a AAAAAAA=\n", "UTF-8"),
        (b"t\n\n" + b"\xe2\x80\x94 a AAAAAAA=\n" * 101, "more than 100"),
        (b"x" * 262_145, "more than 262,144"),
    ],
)
def test_what_is_no_note_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(Malformed, match=told):
        note.decode(data)


def test_sixteen_post_quantum_signatures_are_carried() -> None:
    lines = tuple(
        Signature(name=f"pq{n}.example", id=bytes(4), signature=bytes(4900)) for n in range(16)
    )
    made = Note(text="text\n", signatures=(*lines, note.sign("text\n", KEY)))
    assert note.verify(note.decode(note.encode(made)), [KEY.verifier]) == (KEY.verifier,)


def test_what_a_note_cannot_hold_is_not_written() -> None:
    line = note.sign("text\n", KEY)
    for made in (
        Note(text="text", signatures=(line,)),
        Note(text="text\n", signatures=()),
        Note(text="te\rxt\n", signatures=(line,)),
        Note(text="te\udc80xt\n", signatures=(line,)),
        Note(text="text\n", signatures=(Signature(name="a b", id=bytes(4), signature=b"x"),)),
        Note(text="text\n", signatures=(Signature(name="a", id=b"", signature=b"x"),)),
    ):
        with pytest.raises(Malformed):
            note.encode(made)


def test_a_known_vkey_has_its_known_id() -> None:
    vkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
    found = note.decode_vkey(vkey)
    assert (found.name, found.kind, found.id.hex()) == ("example.com/log/testdata", 1, "33d7b496")
    assert note.encode_vkey(found) == vkey
    assert note.decode_vkey(vkey.replace("33d7b496", "33D7B496")) == found


def test_what_is_signed_here_is_what_go_signs() -> None:
    """The example in the documentation of golang.org/x/mod/sumdb/note, which the standard was
    written from: Ed25519 has one signature for one text and key."""
    key = note.decode_secret(
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    )
    assert note.encode_vkey(key.verifier) == (
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    )
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    assert note.encode(signed(text, key)).decode().removeprefix(f"{text}\n") == (
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
        "otpRZb6KE6RyyBwJnAM=\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("33d7b496", "33d7b497"),
        ("33d7b496", "3d7b496"),
        ("example.com", "example.org"),
        ("example.com", "example com"),
        ("+AeHT", "+AuHT"),
        ("kkSx", "kkSy"),
        ("kkSx", "kkQ="),
        ("kkSx", ""),
        ("+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx", "+"),
        ("+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx", ""),
    ],
)
def test_a_vkey_that_does_not_fit_itself_is_refused(old: str, new: str) -> None:
    vkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
    with pytest.raises(Malformed):
        note.decode_vkey(vkey.replace(old, new))


def test_a_secret_is_never_shown() -> None:
    secret = note.encode_secret(KEY)
    assert secret.startswith(f"PRIVATE+KEY+{ORIGIN}+")
    hidden = secret.rsplit("+", 1)[1]
    assert hidden not in repr(KEY)
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in pretty_repr(KEY, max_width=1000)
    for wrong in (secret[:-4], secret + "=", secret.replace("+", " "), f"x{secret}", hidden):
        with pytest.raises(Malformed) as caught:
            note.decode_secret(wrong)
        said = f"{caught.value} {caught.value.__cause__}"
        assert hidden[4:20] not in said
        assert caught.value.__cause__ is None


def test_a_cosigning_key_signs_no_notes() -> None:
    with pytest.raises(Malformed, match="cosigns"):
        note.sign("text\n", SignerKey(name="w", kind=note.COSIGNATURE, seed=bytes(32)))


@given(
    st.builds(
        Checkpoint,
        origin=NAMES,
        size=NUMBERS,
        root=HASHES,
        extensions=st.lists(NAMES, max_size=2).map(tuple),
    )
)
def test_a_checkpoint_is_read_as_it_was_written(said: Checkpoint) -> None:
    text = checkpoint.encode(said)
    assert checkpoint.decode(text) == said
    data = checkpoint.sign(said, [SignerKey(name=said.origin, seed=bytes(32))])
    assert checkpoint.read(data).checkpoint == said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("desk.example/log\n3\n", "three lines"),
        ("desk.example/log\n3\n{root}", "three lines"),
        ("\n3\n{root}\n", "three lines"),
        ("desk.example/log\n3\n{root}\n\nmore\n", "three lines"),
        ("desk.example/log\n03\n{root}\n", "not a number"),
        ("desk.example/log\n-3\n{root}\n", "not a number"),
        ("desk.example/log\n+3\n{root}\n", "not a number"),
        ("desk.example/log\n٣\n{root}\n", "not a number"),
        ("desk.example/log\n9223372036854775808\n{root}\n", "not a number"),
        ("desk.example/log\n3\nAAAAAAAAAAAAAAAA\n", "12 bytes"),
        ("desk.example/log\n3\n{root}=\n", "base64"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str, told: str) -> None:
    root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    with pytest.raises(Malformed, match=told):
        checkpoint.decode(text.format(root=root))


def test_only_the_logs_own_key_signs_its_checkpoint() -> None:
    said = Checkpoint(origin=ORIGIN, size=3, root=hashed("root"))
    data = checkpoint.sign(said, [KEY])
    assert checkpoint.verify(data, [THIEF.verifier, KEY.verifier]).checkpoint == said
    with pytest.raises(Unproved, match="no key that is trusted"):
        checkpoint.verify(data, [THIEF.verifier])
    other = SignerKey(name="other.example/log", seed=KEY.seed)
    with pytest.raises(Unproved, match="not trusted"):
        checkpoint.verify(data, [other.verifier])
    with pytest.raises(Malformed, match="needs a key of that name"):
        checkpoint.sign(said, [other])
    borrowed = note.encode(signed(checkpoint.encode(said), other))
    with pytest.raises(Unproved, match="not trusted"):
        checkpoint.verify(borrowed, [other.verifier])


def test_while_keys_change_both_sign_and_either_is_enough() -> None:
    said = Checkpoint(origin=ORIGIN, size=3, root=hashed("root"))
    data = checkpoint.sign(said, [KEY, THIEF])
    for known in ([KEY.verifier], [THIEF.verifier], [KEY.verifier, THIEF.verifier]):
        assert checkpoint.verify(data, known).checkpoint == said


def test_a_checkpoint_of_any_other_byte_is_refused() -> None:
    data = checkpoint.sign(Checkpoint(origin=ORIGIN, size=3, root=hashed("root")), [KEY])
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises((Malformed, Unproved)):
            checkpoint.verify(changed, [KEY.verifier])


def test_edge_cases_of_ed25519_end_as_the_library_documents(corpus: Path) -> None:
    """As ref10 does, which most of the world's verifiers follow: a point R in another encoding
    and a residue of low order are refused, everything else of these is taken. A key of low
    order does no harm here: which keys are trusted is written in a policy, by hand."""
    vectors = json.loads((corpus / "tlog/cctv-ed25519/ed25519vectors.json").read_bytes())
    assert len(vectors) > 500
    for vector in vectors:
        flags = set(vector["flags"] or ())
        taken = not flags & {"non_canonical_R", "low_order_residue"}
        key = VerifierKey(name="v.example", public=bytes.fromhex(vector["key"]))
        signature, message = bytes.fromhex(vector["sig"]), vector["msg"].encode()
        assert note.verify_bytes(message, signature, key) is taken, vector
