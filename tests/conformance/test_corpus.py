"""Real files: everything is read or refused for a known reason, and every character is counted."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from bench import wires
from conformance import exceptions
from conformance import reading
from conformance import report
from conformance import twins
from conformance.corpus import File
from conformance.corpus import files
from conformance.report import Report
from conformance.table import total
from copytaster import agency
from copytaster import formats
from copytaster.cli import main
from copytaster.item import Item


@pytest.fixture(scope="module")
def found(corpus: Path) -> Report:
    return report.run(corpus)


def test_nothing_is_wrong_that_no_exception_names(found: Report) -> None:
    assert found.faults == []


def test_every_character_of_every_body_is_text_or_left_out_by_name(found: Report) -> None:
    whole = total(found.rows)
    assert whole.source > 200_000
    assert whole.inexact <= len(exceptions.known().characters)
    assert whole.accounted > 99.99


def test_every_format_is_met_in_the_corpus(found: Report) -> None:
    read = {row.format for row in found.rows if row.items}
    assert read == set(formats.names()) - {"schema-org"}


def test_the_same_story_in_two_formats_is_compared(found: Report) -> None:
    compared = {pair.formats for pair in found.pairs}
    assert {("newsml-1", "ninjs"), ("digitalwires", "newsml-g2"), ("ninjs", "ninjs")} <= compared
    assert all(len(pair.equal) > len(twins.FIELDS) / 2 for pair in found.pairs)


def test_no_exception_speaks_of_files_that_are_not_there(corpus: Path) -> None:
    names = [file.name for file in files(corpus)]
    known = exceptions.known()
    told = [*known.refused, *known.failed, *known.characters, *known.harmless]
    unmet = [each.file for each in told if not any(fnmatchcase(n, each.file) for n in names)]
    assert unmet == []


def test_no_reason_is_written_down_for_fields_that_are_equal(found: Report) -> None:
    used: dict[str, set[str]] = {}
    for pair in found.pairs:
        used.setdefault(pair.name, set()).update(pair.excused)
    unused = {t.name: set(t.differ) - used.get(t.name, set()) for t in twins.book().twin}
    assert {name: fields for name, fields in unused.items() if fields} == {}


def test_the_command_line_reads_the_whole_corpus_without_a_traceback(corpus: Path) -> None:
    by_agency: dict[str, list[str]] = {}
    for file in files(corpus):
        by_agency.setdefault(file.agency, []).append(str(file.path))
    assert len(by_agency) > 5
    for name, paths in by_agency.items():
        ran = CliRunner().invoke(main, ["parse", "--agency", name, *paths])
        assert ran.exception is None or isinstance(ran.exception, SystemExit), name
        assert ran.exit_code in (0, 1)
        assert "Traceback" not in ran.stderr
        assert all(msgspec.json.decode(line)["guid"] for line in ran.stdout.splitlines())


# --- the counting itself ------------------------------------------------------------------------


def _item(name: str) -> tuple[Item, bytes]:
    document = wires.WRITERS[name](wires.story(7, size=900))
    context = formats.Context(received=reading.NOW)
    return formats.parse(document, agency.load("bench"), context).items[0], document


def _without(item: Item, index: int, characters: int) -> Item:
    """The item with a piece of its words shorter by so many characters, and its text as well."""
    pieces = list(item.copy.pieces)
    whole = pieces[index].text
    pieces[index] = msgspec.structs.replace(pieces[index], text=whole[:-characters])
    copy = msgspec.structs.replace(item.copy, pieces=tuple(pieces))
    return msgspec.structs.replace(item, copy=copy)


@pytest.mark.parametrize("name", wires.WRITERS)
def test_a_story_of_our_own_is_counted_exactly_in_every_format(name: str) -> None:
    item, document = _item(name)
    (count,) = reading.count([item], document)
    assert (count.at, count.kept + sum(count.omitted.values())) == (None, count.source)
    assert count.kept > 700


@pytest.mark.parametrize("name", wires.WRITERS)
def test_one_lost_character_is_seen_in_every_format(name: str) -> None:
    item, document = _item(name)
    last = max(i for i, piece in enumerate(item.copy.pieces) if piece.omitted is None)
    (count,) = reading.count([_without(item, last, 1)], document)
    assert count.at is not None


def test_a_body_of_which_no_word_was_read_is_missed_whole() -> None:
    item, document = _item("nitf")
    empty = msgspec.structs.replace(item, copy=type(item.copy)())
    (count,) = reading.count([empty], document)
    assert (count.kept, count.at is None) == (0, False)
    assert count.source > 700


def test_a_file_is_read_as_its_agencys(corpus: Path) -> None:
    of = {file.name: file.agency for file in files(corpus)}
    assert of["dpa-digitalwires/tests/data/input/dw-1.json"] == "dpa"
    assert not any(re.search("LICENSE|_SOURCE|README|tlog/", name) for name in of)


def test_a_refusal_is_a_reading_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<!doctype html><title>Not found</title>")
    told = reading.read(File(path=path, name="page.html", agency="default", expected="rss"))
    assert (told.parsed, told.format, told.counts) == (None, "rss", ())
    assert isinstance(told.error, formats.FormatError)
