"""Real files: every one is read or refused with a reason, and twins give equal items."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from copytaster import formats
from copytaster import text
from copytaster.formats import FormatError
from copytaster.formats import Parsed
from copytaster.item import Embargo
from copytaster.item import Item
from copytaster.item import PubStatus
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read

FOLDERS = (
    "iptc-newsml-g2/examples",
    "iptc-newsml-g2/tests",
    "iptc-ninjs/examples",
    "iptc-ninjs/documentation",
    "iptc-ninjs/validation",
    "iptc-ninjs/tools",
    "agency-samples/newsml-g2",
    "agency-samples/nitf",
    "agency-samples/ninjs",
    "agency-samples/bbc-ninjs",
    "dpa-digitalwires/tests/data/output",
)
# Files that are in none of these formats: fragments of listings, schemas, other formats.
FOREIGN = frozenset(
    {
        "LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml",
        "LISTING_28_Illustrating_Located_Subject_and_Dateline.xml",
        "LISTING_7_Group_Set_example_showing_Hierarchical_Package_Structure.xml",
        "LISTING_8_Group_Set_example_showing_an_ALT_Package_Mode.xml",
        "LISTING_9_Group_Set_example_showing_a_SEQ_Package_Mode.xml",
        "afp.com_newsml1.2_sample.xml",
        "businesswire-newsml-20130515006361.xml",
        "businesswire-newsml-20130605006126.xml",
        "businesswire-newsml-20130612006110.xml",
        "businesswire-newsml-20130731006140.xml",
        "extension-schema.json",
        "GeoJSON-schema.json",
    }
)
# should_fail cases that are read as publishable copy, each with what its schema objects to.
# None of it bears on the words, on permission, or on what is shown.
HARMLESS = {
    "1.5/should_fail/002_bad_association.json": "an unknown property in an association",
    "2.0/should_fail/002_bad_association.json": "an unknown property in an association",
    "2.1/should_fail/001_bad_association.json": "an unknown property in an association",
    "2.1/should_fail/002_good_association_but_no_name.json": "an association without a name",
    "2.1/should_fail/003_good_association_but_no_uri.json": "an association without an id",
    "3.0/should_fail/002_bad_association.json": "an unknown property in an association",
}


def files(corpus: Path, folder: str) -> Iterator[Path]:
    for path in sorted((corpus / folder).rglob("*")):
        if path.is_file() and not path.name.startswith("_") and path.suffix not in (".xsd", ".md"):
            yield path


def attempt(path: Path) -> Parsed | FormatError:
    try:
        return read(path.read_bytes())
    except FormatError as error:
        return error


def is_publishable(found: Item) -> bool:
    """Nothing in the item itself speaks against publishing it unattended."""
    return (
        found.pub_status is PubStatus.usable
        and found.embargo == Embargo()
        and found.type == "text"
        and not (found.hold_reason or found.repairs or found.targets)
        and bool(found.headline and found.copy.blocks)
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_read_or_refused_with_a_reason(corpus: Path, folder: str) -> None:
    outcomes = {path: attempt(path) for path in files(corpus, folder)}
    refused = {p: str(o) for p, o in outcomes.items() if isinstance(o, FormatError)}
    assert outcomes
    assert all(reason and "\n" not in reason for reason in refused.values())
    assert {p.name for p in refused if "should_fail" not in p.parts} <= FOREIGN


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_character_of_every_body_is_accounted_for(corpus: Path, folder: str) -> None:
    parsed = [(path, attempt(path)) for path in files(corpus, folder)]
    items = [(p, i) for p, o in parsed if isinstance(o, Parsed) for i in o.items]
    unaccounted = [
        (path.name, i.guid, i.warnings)
        for path, i in items
        if {"words-unaccounted", "body-unreadable"} & set(i.hold_reason)
    ]
    assert unaccounted == []
    assert any(i.copy.blocks for _, i in items)


@pytest.mark.parametrize("suite", ["iptc-newsml-g2/tests", "iptc-ninjs/validation"])
def test_what_the_schema_refuses_is_not_published_unless_it_is_harmless(
    corpus: Path, suite: str
) -> None:
    cases = [path for path in files(corpus, suite) if "should_fail" in path.parts]
    outcomes = {"/".join(path.parts[-3:]): attempt(path) for path in cases}
    published = {
        name
        for name, outcome in outcomes.items()
        if isinstance(outcome, Parsed) and any(map(is_publishable, outcome.items))
    }
    assert len(cases) > 9
    assert published == set(HARMLESS) & set(outcomes)


# --- twins --------------------------------------------------------------------------------------

# What differs for reasons of the files: the generation, the bytes, and the bodies as sent.
_OF_THE_FILE = frozenset({"raw_ref", "format", "bodies", "content_hash", "warnings"})
_OLD_AND_NEW = ("businesswire-newsml-20130605006126", "businesswire-newsml-20130731006140")
_TWO_AND_THREE = (
    "dpa_text",
    "ntb_text",
    "ap_audio",
    "ap_image",
    "ap_video",
    "imageEncodedRights",
    "imageLinkedRights",
)
_GUIDE = ("1.6", "2.2", "3.1")


def _differences(one: Item, other: Item) -> dict[str, tuple[object, object]]:
    pairs = {
        field.name: (getattr(one, field.name), getattr(other, field.name))
        for field in msgspec.structs.fields(Item)
        if field.name not in _OF_THE_FILE
    }
    return {name: (a, b) for name, (a, b) in pairs.items() if a != b}


def _twins() -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    """Paths of the same story in several generations, and the fields in which the files differ."""
    examples = "iptc-ninjs/examples"
    for name in _OLD_AND_NEW:
        # 1.4 has a key twice in its associations, of which the newer files dropped one.
        differ = {"associations"} if name.endswith("6140") else set()
        yield name, tuple(f"{examples}/{v}/{name}.json" for v in ("1.4", "2.1", "3.0")), differ
    names = ("1.4/ninjsExSimpleText1", "2.1/ninjsExSimpleText_2", "3.0/ninjsExSimpleText_3")
    yield "simple-text", tuple(f"{examples}/{name}.json" for name in names), set()
    for name in _TWO_AND_THREE:
        yield name, tuple(f"{examples}/{v}/{name}.json" for v in ("2.1", "3.0")), set()
    for name in ("SIPA_image", "tt_text_image"):
        paths = (f"{examples}/2.1/{name}_2.json", f"{examples}/3.0/{name}_3.json")
        yield name, paths, set()
    for name, differ in {
        "001_simple_example": set(),
        # The 1.6 file misspells a rendition's name.
        "002_renditions_example": {"renditions"},
        "003_associations_example": set(),
        "004_simple_text_article": set(),
        # 1.6 sends the text plain only; 2.2 adds markup with paragraphs.
        "005_complex_text_article": {"copy"},
        # 1.6 has two descriptions where 2.2 names their roles.
        "006_photo_only": {"descriptions"},
        "007_multimedia": {"copy"},
    }.items():
        folder = "iptc-ninjs/documentation/includes/examples"
        yield name, tuple(f"{folder}/{v}/{name}.json" for v in _GUIDE), differ


@pytest.mark.parametrize(("name", "paths", "differ"), list(_twins()))
def test_a_story_in_several_generations_of_ninjs_gives_equal_items(
    corpus: Path, name: str, paths: tuple[str, ...], differ: set[str]
) -> None:
    first, *others = (item((corpus / path).read_bytes()) for path in paths)
    found = [_differences(first, other) for other in others]
    assert set().union(*found) == differ, (name, found)


DPA = profile(id="dpa", body_selector="main")


def _dpa(corpus: Path) -> Iterator[tuple[dict, Item]]:
    """dpa's own JSON (which is no ninjs) beside the item read from its NewsML-G2."""
    data = corpus / "dpa-digitalwires/tests/data"
    for path in sorted((data / "input").glob("*.json")):
        sent = json.loads(path.read_text("utf-8"))
        yield sent, item((data / "output" / f"{path.stem}.xml").read_bytes(), DPA)


def test_dpa_says_the_same_in_json_and_in_newsml_g2(corpus: Path) -> None:
    pairs = list(_dpa(corpus))
    assert len(pairs) > 9
    for sent, found in pairs:
        assert (found.guid, found.version) == (sent["urn"], str(sent["version"]))
        assert found.version_created.raw == sent["version_created"]
        assert found.embargo.raw == sent["embargoed"]
        assert found.headline == sent["headline"]
        assert found.by == sent["byline"]
        assert found.dateline == (sent["dateline"].strip() if sent["dateline"] else None)
        assert (found.language, found.urgency) == (sent["language"], sent["urgency"])
        assert found.credit == sent["creditline"]
        signal = (sent["signal"] or "sig:").removeprefix("sig:")
        assert [kind.value for kind in found.editorial_types] == ([signal] if signal else [])
        assert found.summary == sent["teaser"] or not sent["teaser"]


def test_every_paragraph_of_dpas_json_is_a_paragraph_of_its_newsml_g2(corpus: Path) -> None:
    """But for the first, into which the G2 body writes the dateline."""
    checked = 0
    for sent, found in _dpa(corpus):
        words = text.plain(text.from_html(sent["article_html"] or ""))
        first, *others = words.rstrip("\n").split("\n\n")
        paragraphs = formats.text_of(found).rstrip("\n").split("\n\n")
        assert [words for words in others if words not in paragraphs] == []
        assert any(paragraph.endswith(first) for paragraph in paragraphs)
        checked += len(others)
    assert checked > 100
