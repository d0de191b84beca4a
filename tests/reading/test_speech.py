"""Who says what: in the styles in which wires set it, and left alone where it is not clear."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading import Notes
from copytaster.reading import read
from copytaster.reading.marks import paragraphs


def notes(text: str, language: str = "en", **more: Any) -> Notes:
    return read("x", text, language=language, **more)


def told(text: str, language: str = "en") -> list[tuple[str, str | None, str | None, str]]:
    """Of each quote its words, the mention of its speaker, the name, and the kind."""
    return [
        (
            text[one.start : one.end],
            None if one.speaker_start is None else text[one.speaker_start : one.speaker_end],
            one.speaker_name,
            one.kind,
        )
        for one in notes(text, language).quotes
    ]


@pytest.mark.parametrize(
    ("marks", "language"),
    [
        ('"{}"', "en"),
        ("“{}”", "en"),
        ("‘{}’", "en"),
        ("'{}'", "en"),
        ("„{}“", "de"),
        ("»{}«", "de"),
        ("«\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}»", "fr"),
        ("«{}»", "es"),
        ("‘‘{}’’", "hi"),
        ("「{}」", "en"),
    ],
)
def test_every_style_of_marks_is_paired(marks: str, language: str) -> None:
    words = "The quay isn't shut, it's asleep"
    text = f"The mayor spoke. {marks.format(words)}\n"
    (found,) = paragraphs(text)[0].quotes
    assert text[found.inner.start : found.inner.end] == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"We won," said Ada Quay, the mayor.',
            [("We won,", "Ada Quay", "Ada Quay", "direct")],
        ),
        (
            'Mayor Ada Quay said: "We won. It took a year."',
            [("We won. It took a year.", "Ada Quay", "Ada Quay", "direct")],
        ),
        (
            'Ada Quay called the plan "mud with a map".',
            [("mud with a map", "Ada Quay", "Ada Quay", "mixed")],
        ),
        (
            '"We won," a spokeswoman for the port said. "It took a year."',
            [
                ("We won,", "a spokeswoman", None, "direct"),
                ("It took a year.", "a spokeswoman", None, "direct"),
            ],
        ),
        (
            'Ada Quay, who leads the port, said it was "over".',
            [("over", "Ada Quay", "Ada Quay", "mixed")],
        ),
        (
            'The article drew a reply from Tom Hale, who accused the port of "theft".',
            [("theft", "Tom Hale", "Tom Hale", "mixed")],
        ),
        (
            'A dentist who examined her said it was "over".',
            [("over", "A dentist", None, "mixed")],
        ),
        (
            'Ada Quay of Hale Research, who led it, called it "mud".',
            [("mud", "Ada Quay", "Ada Quay", "mixed")],
        ),
        (
            'She later shut the port, saying it was "over".',
            [("over", "She", None, "mixed")],
        ),
        (
            'Two boats sank, Port Minister Ada Quay said, adding that it was "over".',
            [("over", "Ada Quay", "Ada Quay", "mixed")],
        ),
        (
            'Some 40,000 boats left, the ministry said, adding it was "over".',
            [("over", "the ministry", None, "mixed")],
        ),
        (
            'Asked about it, port director Ada Quay said it was "over".',
            [("over", "Ada Quay", "Ada Quay", "mixed")],
        ),
        (
            'Ada Quay, the mayor, said her service had asked for patience "in three languages".',
            [("in three languages", "Ada Quay", "Ada Quay", "mixed")],
        ),
        (
            'The chairman, Adm. Ada Quay, called it "mud".',
            [("mud", "Ada Quay", "Ada Quay", "mixed")],
        ),
    ],
)
def test_words_are_given_to_whoever_says_them(
    text: str, expected: list[tuple[str, str | None, str | None, str]]
) -> None:
    assert told(f"{text}\n") == expected


def test_a_part_of_a_name_means_the_whole() -> None:
    text = 'Ada Quay opened the port.\n\n"It floats," Quay said.\n'
    assert told(text) == [("It floats,", "Quay", "Ada Quay", "direct")]


def test_a_quote_goes_on_over_paragraphs() -> None:
    text = '"It floats," said Ada Quay. "So far.\n\n"We shall see.\n\n"Or sink."\n'
    found = notes(text).quotes
    assert [text[one.start : one.end] for one in found] == [
        "It floats,",
        "So far.",
        "We shall see.",
        "Or sink.",
    ]
    assert len({one.group for one in found}) == 1
    assert {one.speaker_name for one in found} == {"Ada Quay"}


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "expert" was not there.\n',
        'The film, titled "The Long Quay", opens on Friday.\n',
        'A sign read "No boats".\n',
        'Ada Quay spoke to the port\'s "This Week".\n',
        'The "harbour of the future" was empty.\n',
    ],
)
def test_words_that_nobody_says_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'Ada Quay said: "We won. It took a year.\n\nThe port is open.\n',
        '"We won, said Ada Quay. "It took a year."\n\nThe port is open.\n',
        'We won," said Ada Quay.\n',
    ],
)
def test_a_paragraph_whose_marks_do_not_come_out_even_says_nothing(text: str) -> None:
    assert [one for one in notes(text).quotes if one.end > text.index("\n")] == []
    assert not paragraphs(text)[0].is_even


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Japan's Ada Quay said so.", "Ada Quay"),
        ("Japan's Kyodo said so.", "Kyodo"),
        ("The Seafarers' Union of the Maritimes said so.", "Seafarers' Union of the Maritimes"),
        ("King's College said so.", "King's College"),
        ("Lloyd's List said so.", "Lloyd's List"),
        ("Reserve Bank Governor Ada Quay said so.", "Ada Quay"),
        ("Senior advocate P. Quay said so.", "P. Quay"),
        ("Union Home Minister Ada Quay said so.", "Ada Quay"),
        ("Everton striker Prince Quay said so.", "Prince Quay"),
        ("Secretary of State Ada Quay said so.", "Ada Quay"),
        ("South Korea's Yonhap said so.", "Yonhap"),
        ("Tom King Jr said so.", "Tom King Jr"),
        ("West Indies Coach Ada Quay said so.", "Ada Quay"),
        ("Delhi Chief Minister Quay said so.", "Quay"),
        ("Writer Ngolo wa Quay said so.", "Ngolo wa Quay"),
        ("Minister of Hydraulics Ada Quay said so.", "Ada Quay"),
        ("Coffee growers said so.", None),
        ("Prosecutors said so.", None),
        ("Hedmark analysts said so.", None),
        ("The National Dockers' Congress said so.", "National Dockers' Congress"),
    ],
)
def test_a_name_is_without_titles_and_whole(text: str, name: str | None) -> None:
    assert [one.name for one in notes(f"{text}\n").sources] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The company did not say when the port would open.",
        "Divers were asked to describe the port.",
        "Nobody could confirm the reports of a swell.",
        "The captain was told the port was open.",
        "Neither Hale nor his lawyer responded.",
    ],
)
def test_who_says_nothing_is_no_source(text: str) -> None:
    assert notes(f"{text}\n").sources == ()


def test_the_source_is_the_one_that_was_named_before() -> None:
    text = (
        "A source in the port said so. The Ministry of Ports said so, too.\n\n"
        "The ministry said more. The source said less.\n"
    )
    found = [(one.kind, len(one.mentions)) for one in notes(text).sources]
    assert found == [("role", 2), ("organisation", 2)]


def test_another_newsroom_is_known_by_what_stands_beside_its_name() -> None:
    text = "Ada Quay told state broadcaster PRT that it was over, and told Portside magazine so.\n"
    found = [one.name for one in notes(text).sources if one.kind == "agency"]
    assert found == ["PRT", "Portside"]


# --- pronouns -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'Mayor Ada Quay said the port was open.\n\n"It floats," she said.\n',
        'Ada Quay said it. Quay said so.\n\n"It floats," she said.\n\n"And sinks," she added.\n',
        'Ada Quay, 61, said so.\n\n"It floats," she said.\n\n"And it sinks," she added.\n',
        'Ada Quay, the mayor, disputed it. She said it was "open".\n\nTom Hale was not there.\n',
        'Tom Hale left.\n\nPort minister Ada Quay stayed. "It floats," she said.\n',
        'Mayor Ada Quay was asked about it. "It floats," she said.\n\nTom Hale left.\n',
        'Diver Ada Quay told of it on Bookface. "It floats," she wrote.\n\nTom Hale left.\n',
    ],
)
def test_a_pronoun_has_a_name_where_there_is_no_doubt(text: str) -> None:
    named = {one.speaker_name for one in notes(text).quotes if one.mention == "pronoun"}
    assert named == {"Ada Quay"}


@pytest.mark.parametrize(
    "text",
    [
        'Ada Quay said the port was open. Tom Hale was not there.\n\n"It floats," he said.\n',
        'Ada Quay said the port was open. Her lawyer nodded.\n\n"It floats," he said.\n',
        'Ada Quay said so.\n\nBoats came.\n\n"It floats," she said.\n\nTom Hale left.\n',
        'A spokesman said the port was open.\n\n"It floats," he said.\n',
        'Ada Quay said: "Ask Tom Hale." A bell rang.\n\n"It floats," he said.\n',
        'The Ministry of Ports said so.\n\n"It floats," she said.\n',
        'Ada Quay said the port was open.\n\n"It floats," they said.\n',
        'Ada Quay spoke for the port. Ada Quay said so.\n\n"It floats," it said.\n',
        # who is spoken of is not who speaks
        'Judge Ada Quay spoke.\n\nTom Hale, 43, had denied it. "You stole a port," she said.\n',
        'Judge Ada Quay spoke.\n\nTom Hale, 43, wept. "He stole a port," he said.\n',
        'Judge Ada Quay spoke.\n\nThe thief, Tom Hale, "stole a port", he said.\n',
        'Ada Quay died on Monday. "The port took them all," he said.\n',
        'Ada Quay was later arrested. "It floats," he said.\n',
        'Police charged Ada Quay with theft. He said "the port" was gone.\n',
        'The book by Ada Quay is out. "It floats," he said.\n',
        'Ada Quay\'s boat sank. "It floats," he said.\n',
        # somebody else stands between
        'Ada Quay said so.\n\nThe harbourmaster, 61, left.\n\n"It floats," he said.\n',
        'Ada Quay said the port was open.\n\nOne of the divers left.\n\n"It floats," he said.\n',
        'Ada Quay interviewed a young Danish cellist. "It floats," he said.\n',
        'Ada Quay lost to Pinto. "It floats," he said.\n',
        'Ada Quay, whose brother drowned, opened the port. "It floats," he said.\n',
        'Ada Quay, a friend of the victim, left. "It floats," he said.\n',
        'Ada Quay told her deputy the port was open. "It floats," he said.\n',
        'Ada Quay opened the port, said its owner. "It floats," he said.\n',
        'According to Ada Quay, the mayor was on board. "It floats," he said.\n',
        'Ada Quay and Tom Hale opened the port. "It floats," she said.\n',
        'Ada Quay said the port was open. He had shut it himself. "It floats," she said.\n',
        # who is named is what is spoken of, or may be no person
        'Mayor Ada Quay said so.\n\n"Quay is a thief," she said.\n',
        'Tom Hale, 61, said so.\n\nMayor Ada Quay said so.\n\n"She floats," she said.\n',
        'Kestrel Pacific said it was open.\n\n"It floats," he said.\n',
    ],
)
def test_a_pronoun_has_no_name_where_there_is_any(text: str) -> None:
    named = {one.speaker_name for one in notes(text).quotes if one.mention == "pronoun"}
    assert named == {None}


# --- sources, turns, other languages ------------------------------------------------------------


def test_sources_are_counted_with_their_places() -> None:
    text = (
        "Ada Quay told Reuters the port was open. The Port Authority said it was not.\n\n"
        '"It floats," Quay said. A boatman said he had drowned. The ministry declined to comment.\n'
    )
    found = notes(text).sources
    assert [(one.kind, one.name) for one in found] == [
        ("person", "Ada Quay"),
        ("organisation", "Port Authority"),
        ("role", None),
        ("agency", "Reuters"),
        ("reply", None),
    ]
    assert [text[span.start : span.end] for span in found[0].mentions] == ["Ada Quay", "Quay"]
    (span,) = found[-1].mentions
    assert text[span.start : span.end] == "declined to comment"


def test_a_transcript_is_read_turn_by_turn() -> None:
    text = "Ada Quay spoke to us.\n\nQ: Is it open?\n\nA: It floats.\n\nQ: Still?\n\nA: So far.\n"
    assert told(text) == [
        ("Is it open?", None, None, "turn"),
        ("It floats.", "Ada Quay", "Ada Quay", "turn"),
        ("Still?", None, None, "turn"),
        ("So far.", "Ada Quay", "Ada Quay", "turn"),
    ]


def test_a_transcript_may_tell_its_speakers_by_name() -> None:
    text = (
        "Ada Quay spoke.\n\nHALE: Is it open?\n\nQUAY: It floats.\n\nHALE: Still?\n\nQUAY: Yes.\n"
    )
    assert told(text)[1] == ("It floats.", "QUAY", "Ada Quay", "turn")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "„Es schwimmt“, sagte der Hafenmeister Torge Petersen am Montag.\n",
            ("Es schwimmt", "Torge Petersen"),
        ),
        (
            "fr",
            "« Il flotte, a déclaré Ada Quay, et c'est tout. »\n",
            ("Il flotte", "Ada Quay"),
        ),
        ("es", "—Flota —contestó Ada Quay—. Por ahora.\n", ("Flota", "Ada Quay")),
        ("hi", "महापौर अदा क्वे ने कहा, “यह तैरता है।”\n", ("यह तैरता है।", "अदा क्वे")),
    ],
)
def test_direct_speech_is_read_in_other_languages(
    language: str, text: str, expected: tuple[str, str]
) -> None:
    words, mention, _, kind = told(text, language)[0]
    assert ((words, mention), kind) == (expected, "direct")


@pytest.mark.parametrize(
    ("language", "text", "mention", "name"),
    [
        ("de", "„Es schwimmt“, sagte Polizeisprecherin Ada Quay der Nachrichtenagentur dpa.",
         "Ada Quay", "Ada Quay"),
        ("de", "„Es schwimmt“, sagte ein Sprecher der Feuerwehr am Montag.",
         "ein Sprecher der Feuerwehr", None),
        ("de", "Die Leiterin des Landesbetriebs, Ada Quay, nannte das „Unsinn“.",
         "Ada Quay", "Ada Quay"),
        ("de", "„Unsinn“ sei das, erklärte Hafenministerin Ada Quay.", "Ada Quay", "Ada Quay"),
        ("de", "„Unsinn“, schrieb Bürgermeister Ada von der Quay am Montag.",
         "Ada von der Quay", "Ada von der Quay"),
        ("de", "„Unsinn“, hieß es am Montag aus dem Ministerium.", "dem Ministerium", None),
        ("de", "„Unsinn“, sagte Ada Quay von der CDU.", "Ada Quay", "Ada Quay"),
        ("de", "Die Polizei sprach von „Unsinn“.", "Polizei", "Polizei"),
        ("de", "Ada Quay, der sich stellte, sprach von „Unsinn“.", "Ada Quay", "Ada Quay"),
        ("fr", "Une usagère, vélo à la main, se félicitait : « Il flotte. »", "Une usagère", None),
        ("fr", "« Il flotte. » Il coule un peu, a indiqué le directeur du port, Ada Quay.",
         None, None),
        ("es", "La ministra Ada Quay defendió ayer un plan que, dijo, «flota».",
         "Ada Quay", "Ada Quay"),
        ("es", "Su traductor, el sirio Ada Quay, habló de «un error».", "Ada Quay", "Ada Quay"),
        ("fr", "« Il flotte », a dit mardi à l'AFP Ada Quay.", "Ada Quay", "Ada Quay"),
        ("fr", "« Il flotte », a dit le ministre de l'Intérieur Ada Quay.",
         "Ada Quay", "Ada Quay"),
        ("fr", "« Il flotte », assure-t-elle.", "elle", None),
        ("fr", "« Il flotte », se désole un docker.", "un docker", None),
        ("fr", "« Il flotte », a martelé M. Quay devant le port.", "Quay", "Quay"),
        ("fr", "« Il flotte, a dit à l'AFP une voisine. C'est tout. »", "une voisine", None),
        ("fr", "La maire, Ada Quay, s'est dite « surprise ».", "Ada Quay", "Ada Quay"),
        ("fr", "L'Agence des médicaments évoque « une erreur ».",
         "Agence des médicaments", "Agence des médicaments"),
        ("es", "«Flota», dijo a EFE la portavoz del puerto, Ada Quay.", "Ada Quay", "Ada Quay"),
        ("es", "El ministro del Interior, general Ada Quay, habló de «un error».",
         "Ada Quay", "Ada Quay"),
        ("es", "La ministra, que es de Lugo, tildó de «error» el plan.", "La ministra", None),
        ("hi", "डॉ. अदा क्वे ने चेतावनी देते हुए कहा, “यह तैरता है।”", "अदा क्वे", "अदा क्वे"),
    ],
)  # fmt: skip
def test_speakers_are_found_as_wires_of_other_languages_set_them(
    language: str, text: str, mention: str | None, name: str | None
) -> None:
    assert told(f"{text}\n", language)[0][1:3] == (mention, name)


def test_spanish_goes_on_without_a_subject() -> None:
    found = told("«Flota», dijo Ada Quay. El puerto abrió. «Por ahora», añadió.\n", "es")
    assert [one[2] for one in found] == ["Ada Quay", "Ada Quay"]


def test_a_part_of_a_name_without_capitals_means_the_whole() -> None:
    text = "मंत्री अदा क्वे ने कहा कि यह तैरता है।\n\nक्वे ने कहा, “अभी तक।”\n"
    assert told(text, "hi") == [("अभी तक।", "क्वे", "अदा क्वे", "direct")]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Laut Staatsanwaltschaft schwimmt es.", "Staatsanwaltschaft"),
        ("de", "Dem Wetterdienst zufolge schwimmt es.", "Wetterdienst"),
        ("de", "Wie Ada Quay mitteilte, schwimmt es.", "Ada Quay"),
        ("fr", "Selon Ada Quay, il flotte.", "Ada Quay"),
        ("fr", "Selon la Chambre maritime, il flotte.", "Chambre maritime"),
        ("fr", "Il flotte un peu, a indiqué le directeur du port, Ada Quay.", "Ada Quay"),
        ("es", "Según la Policía, flota.", "Policía"),
        ("hi", "मंत्री अदा क्वे के मुताबिक, यह तैरता है।", "अदा क्वे"),
        ("fr", "« Il flotte, raconte Ada Quay. C'est tout. »", "Ada Quay"),
        ("es", "—Flota —contestó Ada Quay—. Por ahora.", "Ada Quay"),
    ],
)
def test_sources_are_found_in_other_languages(language: str, text: str, name: str) -> None:
    assert [one.name for one in notes(f"{text}\n", language).sources] == [name]


def test_of_a_transcript_those_are_sources_who_answer() -> None:
    text = "Ada Quay spoke to us.\n\nQ: Tom Hale said so?\n\nA: No.\n\nQ: Oh?\n\nA: Yes.\n"
    assert [one.name for one in notes(text).sources] == ["Ada Quay"]


def test_of_a_language_that_nobody_wrote_a_file_for_nothing_is_noted() -> None:
    assert notes('"We won," said Ada Quay.\n', "nl").quotes == ()


def test_reported_speech_is_noted_only_where_it_is_asked_for() -> None:
    text = "Boats would come by noon, the port said.\n"
    assert notes(text).quotes == ()
    (found,) = notes(text, indirect=True).quotes
    assert text[found.start : found.end] == "Boats would come by noon"
    assert found.kind == "indirect"


# --- properties ---------------------------------------------------------------------------------

WORDS = ["said", "Ada Quay", "she", " told Reuters", "sagte", "ने"]
SIGNS = st.sampled_from([*"\"'“”‘’«»„‚「」—–-.,:;!? \n", "\n\n", *WORDS])


@given(st.lists(SIGNS | st.text(max_size=6), max_size=60).map("".join), st.sampled_from("enesfr"))
def test_whatever_the_text_every_span_lies_in_it(text: str, first: str) -> None:
    language = {"e": "en", "n": "de", "s": "es", "f": "fr", "r": "hi"}[first]
    found = notes(text, language, indirect=True)
    for one in found.quotes:
        assert 0 <= one.start <= one.end <= len(text)
        for start, end in ((one.speaker_start, one.speaker_end), (one.cue_start, one.cue_end)):
            assert (start is None) == (end is None)
            assert start is None or 0 <= start < (end or 0) <= len(text)
        if one.speaker_name is not None and one.mention == "name":
            mention = text[one.speaker_start : one.speaker_end]
            assert mention.split()[-1] in one.speaker_name
    for source in found.sources:
        assert all(0 <= span.start < span.end <= len(text) for span in source.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "said " * 20_000,
        '"' * 50_000,
        "x" * 100_000,
        "“a” said B. " * 8_000,
        "Ada Quay " * 12_000,
        "\n\n".join(['"open'] * 5_000),
        "'" * 20_001,
        "« a, a dit b, c » " * 5_000,
        "—a —dijo B—. c\n\n" * 5_000,
        "ने कहा " * 15_000,
        "Ada Quay said so. " + "“a,” she said. " * 1_500,
        "Ada Quay said so.\n\n" + "“a,” she said.\n\n" * 2_000,
        "Ada Quay, a diver, spoke. She spoke. " * 1_500,
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "hi"])
def test_hostile_texts_take_bounded_work(text: str, language: str) -> None:
    found = notes(text, language)
    assert len(found.quotes) <= len(text)
