"""The words of every language: whole, fillable, and with the plural that a number asks for."""

import re
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from copytaster.press import Change
from copytaster.press import template_version
from copytaster.press._counting import counted
from copytaster.press._counting import numbered
from copytaster.press._vocabulary import WordsError
from copytaster.press._vocabulary import vocabulary
from copytaster.press._words import shipped
from copytaster.press._words import shipped_files
from copytaster.press._words import tongue
from copytaster.section import NAMES
from tests.press.making import FIRST
from tests.press.making import LATER
from tests.press.making import SITE
from tests.press.making import item
from tests.press.making import page

LANGUAGES = sorted(shipped_files())
_CARELESS = re.compile(r'["\']|\.\.\.| {2}| [,;:.!?]|[,;][^\s\d]')


def _values(table: Any, above: str = "") -> dict[str, str]:
    if isinstance(table, str):
        return {above: table}
    if not isinstance(table, dict):
        return {}
    return {
        path: text
        for key, value in table.items()
        for path, text in _values(value, f"{above}.{key}".strip(".")).items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_that_ships_is_whole_and_can_be_filled_in(language: str) -> None:
    # Read as a house's own file would be, which tells every fault.
    said = vocabulary({f"{language}.toml": shipped_files()[language]}).get(language)
    assert said == shipped().get(language)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_language_that_ships_names_every_section(language: str) -> None:
    words = shipped().get(language)
    assert words is not None
    assert words.section_names.keys() == NAMES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_set_as_a_newspaper_sets_them(language: str) -> None:
    for path, text in _values(msgspec.toml.decode(shipped_files()[language])).items():
        assert text == text.strip(), path
        if path == "search.example":
            continue  # as a keyboard types it
        spaced = text.replace("\N{NO-BREAK SPACE}", "")  # French, before ; and :
        assert not _CARELESS.search(re.sub(r"\{\w+\}", "x", spaced)), (path, text)


def test_urdu_is_spelt_and_pointed_as_urdu() -> None:
    text = shipped_files()["ur"].decode()
    sentences = "".join(_values(msgspec.toml.decode(text)).values())
    assert not set("يىكهةﻻ") & set(sentences), "letters of Arabic"
    assert not set(",;?.") & set(sentences), "marks of Latin script"


def test_hindi_ends_its_sentences_with_a_danda() -> None:
    sentences = "".join(_values(msgspec.toml.decode(shipped_files()["hi"])).values())
    assert "." not in sentences
    assert "।" in sentences


# --- numbers and plurals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234,567"),
        ("en-IN", "12,34,567"),
        ("hi", "12,34,567"),
        ("ur", "1,234,567"),
        ("de", "1.234.567"),
        ("es", "1.234.567"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"),
    ],
)
def test_a_number_is_grouped_as_its_language_groups_it(language: str, written: str) -> None:
    assert numbered(1_234_567, language) == written
    assert numbered(2, language) == "2"


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "in 1 message.", "in 2 messages."),
        ("hi", "1 हिस्से में", "2 हिस्सों में"),
        ("ur", "1 حصے میں", "2 حصوں میں"),
        ("de", "in 1 Teil gesendet", "in 2 Teilen gesendet"),
        ("es", "en 1 entrega.", "en 2 entregas."),
        ("fr", "en 1 envoi.", "en 2 envois."),
    ],
)
def test_a_count_takes_the_plural_that_its_language_asks_for(
    language: str, one: str, two: str
) -> None:
    forms = tongue(language).words.joined
    assert one in counted(forms, 1, language, agency="NW")
    assert two in counted(forms, 2, language, agency="NW")


@pytest.mark.parametrize(("number", "form"), [(1, "a"), (3, "b"), (5, "c"), (21, "c")])
def test_a_language_with_more_plurals_has_a_form_for_each(number: int, form: str) -> None:
    forms = {"one": "a", "few": "b", "many": "c", "other": "d"}
    assert counted(forms, number, "pl") == form


def test_a_form_that_is_not_there_is_the_other() -> None:
    assert counted({"other": "{number} x"}, 1, "en") == "1 x"


def test_editions_and_messages_are_counted_in_the_language_of_the_page() -> None:
    change = Change(kind="published", at=FIRST, edition=1)
    later = Change(kind="updated", at=LATER, edition=1_234)
    copy = item().copy
    whole = item(replace(copy, blocks=copy.blocks * 3), language="de")
    said = page(whole, changes=(change, later), edition=2, parts=(item(), item(), item()))
    assert "Fassung 1.234" in said
    assert "ANI hat diesen Text in 3 Teilen gesendet." in said


# --- a house's own -------------------------------------------------------------------------------


def test_a_house_words_one_sentence_its_own_way() -> None:
    own = vocabulary({"de.toml": b'corrected = "Korrigiert"\n[events]\nkilled = "Gel\xc3\xb6scht"'})
    words, ours = own.get("de-AT"), tongue("de").words
    assert words is not None
    assert (words.corrected, words.events["killed"]) == ("Korrigiert", "Gelöscht")
    assert words.events["held"] == ours.events["held"]
    assert ours.corrected == "Berichtigt", "what ships is as it was"


def test_a_page_speaks_the_words_of_its_house() -> None:
    house = replace(
        SITE, vocabulary=vocabulary({"en.toml": b'disclosure = "Straight from {agency}."'})
    )
    assert "Straight from ANI." in page(item(), house)
    assert "Straight from ANI." not in page(item())


def test_a_houses_words_change_the_version_of_every_page() -> None:
    one, two = (
        replace(SITE, vocabulary=vocabulary({"en.toml": f'how = "{how}"'.encode()})) for how in "ab"
    )
    versions = {template_version(site) for site in (SITE, one, two)}
    assert len(versions) == 3


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("pl.toml", "", "pl.toml: corrections.headline is missing"),
        ("de.toml", 'colour = "rot"', "de.toml: colour is no key of en.toml"),
        ("de.toml", "[events]\nlost = 'Weg'", "events.lost is no key of en.toml"),
        ("de.toml", 'how = "So {macht} man das"', "how: nothing fills in {macht}"),
        ("de.toml", 'how = "So geht } das"', "how: Single '}'"),
        ("de.toml", 'disclosure = "Von selbst."', "disclosure: {agency} must be in it"),
        ("de.toml", "how = 3", "how must be text"),
        ("de.toml", 'events = "Weg"', "events must be a table"),
        ("de.toml", 'by_prefixes = "von"', "by_prefixes is no list of words"),
        ("de.toml", 'how = "', "de.toml: "),
        ("klingon.toml", "", "'klingon' is no language of CLDR"),
        ("pl.toml", "", "pl.toml: joined.few is missing"),
        ("de.toml", "[section_names]\ngossip = 'Klatsch'", "section_names.gossip is no key"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong_with_it(
    name: str, content: str, fault: str
) -> None:
    with pytest.raises(WordsError, match=re.escape(fault)):
        vocabulary({name: content.encode()})
