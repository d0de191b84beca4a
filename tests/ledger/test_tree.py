"""The tree and its files: roots, proofs, and what is refused."""

import base64
import json
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.ledger import Malformed
from copytaster.ledger import Missing
from copytaster.ledger import Prover
from copytaster.ledger import Read
from copytaster.ledger import Unproved
from copytaster.ledger import checkpoint
from copytaster.ledger import note
from copytaster.ledger import proving
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.ledger.tiles import Place
from tests.ledger.making import plain

VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
EDGES = (1, 2, 3, 255, 256, 257, 511, 512, 513)
LARGE_EDGES = (65_535, 65_536, 65_537)


def by_definition(hashes: list[bytes]) -> bytes:
    """MTH as RFC 6962 section 2.1 writes it down."""
    if len(hashes) < 2:
        return hashes[0] if hashes else tree.EMPTY_ROOT
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return tree.node_hash(by_definition(hashes[:split]), by_definition(hashes[split:]))


def files(count: int, steps: int = 1) -> dict[str, bytes]:
    """All files of a log that grew in so many steps."""
    found: dict[str, bytes] = {}
    growing = tree.EMPTY
    all_of_them = plain(count)
    for step in range(steps):
        part = all_of_them[count * step // steps : count * (step + 1) // steps]
        growth = tree.grow(growing, part)
        growing = growth.tree
        found |= dict(growth.files)
    return found


def folder(place: Path) -> Read:
    def read(path: str) -> bytes | None:
        file = place / path
        return file.read_bytes() if file.is_file() else None

    return read


def test_roots_are_those_of_the_worlds_test_vectors(corpus: Path) -> None:
    known = json.loads((corpus / "tlog/rfc6962-roots.json").read_bytes())
    entries = [bytes.fromhex(value) for value in known["leaf_inputs_hex"]]
    roots = known["root_hashes_hex_size_1_to_8"]
    assert tree.root(tree.EMPTY).hex() == known["empty_root_hex"]
    for size, root in enumerate(roots, start=1):
        assert tree.root(tree.grow(tree.EMPTY, entries[:size]).tree).hex() == root


@pytest.mark.parametrize("size", EDGES)
def test_a_tree_is_as_defined_and_its_proofs_hold_from_the_files_alone(size: int) -> None:
    hashes = [tree.leaf_hash(entry) for entry in plain(size)]
    growth = tree.grow(tree.EMPTY, plain(size))
    root = tree.root(growth.tree)
    assert root == by_definition(hashes)
    prover = Prover(size, dict(growth.files).get)
    assert prover.root() == root
    for index in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
        proof = prover.inclusion(index)
        proving.check_inclusion(hashes[index], index, size, proof, root)
    for older in {1, 2, 3, size // 2, 255, 256, 257, size - 1, size} & set(range(1, size + 1)):
        before = by_definition(hashes[:older])
        assert prover.root(older) == before
        proving.check_consistency(older, size, before, root, prover.consistency(older))


@pytest.mark.parametrize("size", [*LARGE_EDGES, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_a_large_tree_is_proved_from_its_files_alone(size: int) -> None:
    growth = tree.grow(tree.EMPTY, plain(size))
    root = tree.root(growth.tree)
    prover = Prover(size, dict(growth.files).get)
    assert prover.root() == root
    for index in (0, 255, 256, 65_279, size - 257, size - 1):
        hashed = tree.leaf_hash(b"entry %d" % index)
        proving.check_inclusion(hashed, index, size, prover.inclusion(index), root)
    for older in (1, 256, 65_280, 65_535, size - 1, size):
        before = tree.root(tree.grow(tree.EMPTY, plain(older)).tree) if older < 300 else None
        before = before or prover.root(older)
        proving.check_consistency(older, size, before, root, prover.consistency(older))


@given(st.integers(0, 1100), st.data())
def test_it_does_not_matter_in_which_batches_a_log_grew(size: int, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, size), max_size=5).map(sorted))
    growing, written = tree.EMPTY, dict[str, bytes]()
    entries = plain(size)
    for begin, end in zip([0, *cuts], [*cuts, size], strict=True):
        growth = tree.grow(growing, entries[begin:end])
        assert not (written.keys() & dict(growth.files).keys())
        written |= dict(growth.files)
        growing = growth.tree
    whole = tree.grow(tree.EMPTY, entries)
    assert growing == whole.tree
    assert tree.load(size, written.get) == growing
    assert {path: written[path] for path, _ in whole.files} == dict(whole.files)


@given(st.integers(1, 700), st.data())
def test_a_proof_with_any_bit_changed_is_false(size: int, data: st.DataObject) -> None:
    prover = Prover(size, files(size).get)
    index = data.draw(st.integers(0, size - 1))
    older = data.draw(st.integers(1, size))
    hashed, root = tree.leaf_hash(b"entry %d" % index), prover.root()
    included, grown = prover.inclusion(index), prover.consistency(older)
    proving.check_inclusion(hashed, index, size, included, root)
    proving.check_consistency(older, size, prover.root(older), root, grown)
    for wrong in _changed([hashed, root, *included], data):
        with pytest.raises(Unproved):
            proving.check_inclusion(wrong[0], index, size, wrong[2:], wrong[1])
    for wrong in _changed([prover.root(older), root, *grown], data):
        with pytest.raises(Unproved):
            proving.check_consistency(older, size, wrong[0], wrong[1], wrong[2:])


def _changed(hashes: list[bytes], data: st.DataObject) -> Iterator[list[bytes]]:
    at = data.draw(st.integers(0, len(hashes) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = bytearray(hashes[at])
    flipped[bit // 8] ^= 1 << bit % 8
    yield [*hashes[:at], bytes(flipped), *hashes[at + 1 :]]
    yield [*hashes, hashes[at]]
    yield [*hashes, bytes(32)]
    yield [*hashes[:2], hashes[at], *hashes[2:]]
    yield [*hashes[:at], hashes[at][:31], *hashes[at + 1 :]]
    if len(hashes) > 2:
        yield hashes[:-1]
        yield [*hashes[:2], *hashes[3:]]


@given(st.integers(2, 700), st.data())
def test_a_proof_is_of_one_index_and_one_size(size: int, data: st.DataObject) -> None:
    prover = Prover(size, files(size).get)
    index, other = data.draw(
        st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)
    )
    hashed, proof = tree.leaf_hash(b"entry %d" % index), prover.inclusion(index)
    with pytest.raises(Unproved):
        proving.check_inclusion(hashed, other, size, proof, prover.root())
    for wrong in (-1, size, size + 1):
        with pytest.raises(Unproved):
            proving.check_inclusion(hashed, wrong, size, proof, prover.root())
        with pytest.raises(Malformed):
            prover.inclusion(wrong if wrong < 0 else size)
    older = data.draw(st.integers(1, size - 1))
    grown = prover.consistency(older)
    with pytest.raises(Unproved):
        proving.check_consistency(older, older, prover.root(older), prover.root(), grown)
    with pytest.raises(Malformed):
        prover.consistency(size + 1)


def test_an_empty_log_proves_nothing_about_another() -> None:
    root = Prover(3, files(3).get).root()
    proving.check_consistency(0, 3, tree.EMPTY_ROOT, root, [])
    proving.check_consistency(0, 0, tree.EMPTY_ROOT, tree.EMPTY_ROOT, [])
    for older, size, before, after, proof in (
        (0, 3, root, root, []),
        (0, 0, tree.EMPTY_ROOT, root, []),
        (0, 3, tree.EMPTY_ROOT, root, [root]),
        (3, 0, root, tree.EMPTY_ROOT, []),
        (3, 3, root, root, [root]),
        (3, 3, root, tree.EMPTY_ROOT, []),
        (2, 3, root, root, []),
        (-1, 3, tree.EMPTY_ROOT, root, []),
    ):
        with pytest.raises(Unproved):
            proving.check_consistency(older, size, before, after, proof)


def _cases(corpus: Path, kind: str) -> list[tuple[str, dict[str, Any]]]:
    folder = corpus / "tlog/merkle-proofs" / kind
    return [
        (str(path.relative_to(folder)), json.loads(path.read_bytes()))
        for path in sorted(folder.rglob("*.json"))
    ]


def _hashes(values: list[str] | None) -> list[bytes]:
    return [base64.b64decode(value) for value in values or ()]


def _is_taken(check: Callable[..., None], *said: Any) -> bool:
    try:
        check(*said)
    except Unproved:
        return False
    return True


def test_inclusion_proofs_of_the_worlds_test_vectors(corpus: Path) -> None:
    """Every one as it wants, but for roots that are no SHA-256: those are refused."""
    cases = _cases(corpus, "inclusion")
    assert len(cases) == 98
    for name, said in cases:
        root, hashed = _hashes([said["root"], said["leafHash"]])
        right = not said["wantErr"] and len(root) == 32
        index, size, proof = said["leafIdx"], said["treeSize"], _hashes(said["proof"])
        assert _is_taken(proving.check_inclusion, hashed, index, size, proof, root) is right, name


def test_consistency_proofs_of_the_worlds_test_vectors(corpus: Path) -> None:
    """As above: one vector calls two equal roots of 12 bytes right."""
    cases = _cases(corpus, "consistency")
    assert len(cases) == 98
    for name, said in cases:
        roots, proof = _hashes([said["root1"], said["root2"]]), _hashes(said["proof"])
        right = not said["wantErr"] and len(roots[0]) == 32
        sizes = said["size1"], said["size2"]
        assert _is_taken(proving.check_consistency, *sizes, *roots, proof) is right, name


def test_subtrees_from_the_first_entry_are_trees(corpus: Path) -> None:
    """Proofs of other subtrees (draft-ietf-plants-merkle-tree-certs) are not used by this log:
    nothing here makes or checks them, and those vectors are left out."""
    included = [(n, s) for n, s in _cases(corpus, "subtreeinclusion") if s["start"] == 0]
    grown = [
        (name, said)
        for name, said in _cases(corpus, "subtreeconsistency")
        if said["start"] == 0 < said["end"]
    ]
    assert min(len(included), len(grown)) > 50
    for name, said in included:
        root, hashed = _hashes([said["root"], said["leafHash"]])
        right = not said["wantErr"] and len(root) == 32
        index, size, proof = said["leafIdx"], said["end"], _hashes(said["proof"])
        assert _is_taken(proving.check_inclusion, hashed, index, size, proof, root) is right, name
    for name, said in grown:
        roots, proof = _hashes([said["root1"], said["root2"]]), _hashes(said["proof"])
        right = not said["wantErr"] and len(roots[0]) == 32
        sizes = said["end"], said["size"]
        assert _is_taken(proving.check_consistency, *sizes, *roots, proof) is right, name


def test_a_log_that_another_program_wrote_is_read_at_every_size(corpus: Path) -> None:
    place = corpus / "tlog/tessera-log"
    read, key = folder(place), note.decode_vkey(VKEY)
    roots = {}
    for size in range(16):
        said = checkpoint.verify((place / f"checkpoint.{size}").read_bytes(), [key]).checkpoint
        assert (said.origin, said.size) == ("example.com/log/testdata", size)
        loaded = tree.load(size, read)
        assert tree.root(loaded) == said.root == Prover(size, read).root()
        entries = tiles.read_bundle(read, 0, size) if size else []
        assert tree.root(tree.grow(tree.EMPTY, entries).tree) == said.root
        for index, entry in enumerate(entries):
            proof = Prover(size, read).inclusion(index)
            proving.check_inclusion(tree.leaf_hash(entry), index, size, proof, said.root)
        roots[size] = said.root
        for older in range(size + 1):
            proof = Prover(size, read).consistency(older)
            proving.check_consistency(older, size, roots[older], said.root, proof)
    growth = tree.grow(tree.load(9, read), entries[9:])
    assert tree.root(growth.tree) == roots[15]
    assert all(data == read(path) for path, data in growth.files)


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (Place(level=0, index=0), "tile/0/000"),
        (Place(level=0, index=0, width=255), "tile/0/000.p/255"),
        (Place(level=1, index=999, width=1), "tile/1/999.p/1"),
        (Place(level=63, index=1000), "tile/63/x001/000"),
        (Place(level=2, index=1_234_067), "tile/2/x001/x234/067"),
        (Place(level=None, index=1_234_067, width=9), "tile/entries/x001/x234/067.p/9"),
    ],
)
def test_paths_are_written_as_the_standard_says(place: Place, path: str) -> None:
    assert tiles.path(place) == path
    assert tiles.place(path) == place


@pytest.mark.parametrize(
    "path",
    """
    tile tile/0 tile/0/ tile/0/0 tile/0/00 tile/0/0000 tile/0/x000/001 tile/0/001/000
    tile/0/x001/x000 tile/00/000 tile/64/000 tile/-1/000 tile/x/000 tile/entry/000
    tile/0/000.p tile/0/000.p/ tile/0/000.p/0 tile/0/000.p/00 tile/0/000.p/01 tile/0/000.p/256
    tile/0/000.p/999 tile/0/000.p/+1 tile/0/../000 tile/0/000/ /tile/0/000 tile/0/٠٠٠
    tile/0/000.p/1\n tile/0/x9/000 checkpoint tile/0/x999/x999/x999/x999/x999/x999/999
    """.replace("\n   ", " ").split(" "),
)
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(Malformed, match="is no path"):
        tiles.place(path)


@given(st.lists(st.binary(max_size=40), max_size=256))
def test_a_bundle_is_read_as_it_was_written(entries: list[bytes]) -> None:
    data = tiles.encode_bundle(entries)
    assert tiles.decode_bundle(data, len(entries)) == entries
    for wrong in (data + b"\0", data + b"\0\0", data[:-1]):
        if wrong != data:
            with pytest.raises(Malformed, match="whole entries"):
                tiles.decode_bundle(wrong, len(entries))
    for width in (len(entries) - 1, len(entries) + 1):
        with pytest.raises(Malformed, match="whole entries"):
            tiles.decode_bundle(data, width)


def test_an_entry_may_have_as_many_bytes_as_a_length_can_say() -> None:
    largest = bytes(tiles.LARGEST_ENTRY)
    assert tiles.decode_bundle(tiles.encode_bundle([largest]), 1) == [largest]
    with pytest.raises(Malformed, match="65,535"):
        tiles.encode_bundle([largest + b"x"])
    with pytest.raises(Malformed, match="65,535"):
        tree.grow(tree.EMPTY, [largest + b"x"])


def test_where_a_partial_file_was_taken_away_the_full_one_stands_in() -> None:
    before = files(600, steps=3)
    gone = {
        p: data for p, data in before.items() if ".p/" not in p or p[: p.find(".p/")] not in before
    }
    assert "tile/0/000.p/200" in before.keys() - gone.keys()
    assert tree.load(200, gone.get) == tree.load(200, before.get)
    assert Prover(400, gone.get).root() == Prover(400, before.get).root()


@pytest.mark.parametrize("path", ["tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"])
def test_a_tile_that_is_gone_or_cut_is_named(path: str) -> None:
    written = files(600)
    with pytest.raises(Missing, match=f"{path} is not there"):
        _all_proofs({p: data for p, data in written.items() if p != path}.get)
    with pytest.raises(Missing, match=f"{path} has .* bytes, not"):
        _all_proofs((written | {path: written[path][:-32]}).get)
    with pytest.raises(Missing, match=f"{path} has .* bytes, not"):
        _all_proofs((written | {path: written[path] + bytes(32)}).get)


def _all_proofs(read: Read) -> None:
    for index in (0, 300, 599):
        Prover(600, read).inclusion(index)


def test_a_bundle_that_is_gone_is_named() -> None:
    with pytest.raises(Missing, match=r"tile/entries/000\.p/3 is not there"):
        tree.load(3, {**files(3), "tile/entries/000.p/3": None}.get)
