"""The language of a story: who is believed, and when nobody is."""

import subprocess
import sys

import pytest

from copytaster import language
from copytaster.language import Language
from copytaster.language import Source

# One report in words of our own, long enough to be sure of.
REPORTS = {
    "ar": "قال الوزير يوم الخميس إن الميناء سيبقى مفتوحا أمام السفن. وأضاف في تصريحات للصحفيين "
    "أن أحدا لم يطلب من الحكومة إغلاقه، مشيرا إلى أن الأعمال ستستمر حتى نهاية العام.",
    "bn": "বন্দর খোলা থাকবে, বৃহস্পতিবার মন্ত্রী বলেন। কেউ আমাদের এটি বন্ধ করতে বলেনি, তিনি "
    "সাংবাদিকদের বলেন এবং চলে যান।",
    "de": "Der Hafen bleibt offen, sagte der Minister am Donnerstag. Niemand habe darum gebeten, "
    "ihn zu schließen, sagte er vor Journalisten und ging, ohne weitere Fragen zu beantworten.",
    "en": "The harbour stays open, the minister said on Thursday. Nobody had asked for it to be "
    "closed, he told reporters, and left without taking more questions.",
    "es": "El puerto sigue abierto, dijo el ministro el jueves. Nadie nos pidió que lo cerráramos, "
    "dijo a los periodistas, y se fue sin responder a más preguntas.",
    "hi": "बंदरगाह खुला रहेगा, मंत्री ने गुरुवार को कहा। किसी ने हमसे इसे बंद करने के लिए नहीं "
    "कहा, उन्होंने पत्रकारों से कहा और चले गए।",
    "mr": "बंदर खुले राहील, असे मंत्र्यांनी गुरुवारी सांगितले. आम्हाला ते बंद करण्यास कोणीही "
    "सांगितले नाही, असे ते पत्रकारांना म्हणाले आणि निघून गेले.",
    "ta": "துறைமுகம் திறந்திருக்கும் என்று அமைச்சர் வியாழக்கிழமை கூறினார். அதை மூடுமாறு யாரும் "
    "கேட்கவில்லை என்று அவர் செய்தியாளர்களிடம் தெரிவித்தார்.",
    "ur": "بندرگاہ کھلی رہے گی، وزیر نے جمعرات کو کہا۔ کسی نے ہم سے اسے بند کرنے کو نہیں کہا، "
    "انہوں نے صحافیوں سے کہا اور چلے گئے۔",
}


@pytest.mark.parametrize("code", REPORTS)
def test_a_report_tells_its_language(code: str) -> None:
    assert language.detect(REPORTS[code]) == code


def test_norwegian_is_the_one_that_most_of_it_is_written_in() -> None:
    report = (
        "Havnen forblir åpen, sa ministeren torsdag. Ingen hadde bedt om at den skulle stenges, "
        "sa han til journalistene, og gikk uten å svare på flere spørsmål om planene."
    )
    assert language.detect(report) == "nb"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Minister quits",
        "1 2 3 " * 400,
        "Arsenal 2 Chelsea 1; Leeds 3 Hull 3; Madrid 4 Sevilla 2; Bayern 1 Dortmund 1; " * 3,
        "Ravi Kumar, Anita Desai, Suresh Menon, Priya Nair, Arjun Rao, Kavita Iyer, " * 2,
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod. " * 3,
        "\ud800" * 900,
    ],
)
def test_what_may_be_in_any_language_is_in_none(text: str) -> None:
    assert language.detect(text) is None


@pytest.mark.parametrize(
    ("declared", "text", "agency", "found"),
    [
        ("ur", REPORTS["en"], "en-IN", Language(tag="ur", source=Source.declared)),
        ("en_GB", REPORTS["en"], None, Language(tag="en-GB", source=Source.declared)),
        (None, REPORTS["hi"], None, Language(tag="hi", source=Source.detected)),
        ("und", REPORTS["hi"], None, Language(tag="hi", source=Source.detected)),
        (None, REPORTS["hi"], "en-IN", Language(tag="hi", source=Source.detected)),
        (None, REPORTS["en"], "en-IN", Language(tag="en-IN", source=Source.agency)),
        (None, "Minister quits", "en-IN", Language(tag="en-IN", source=Source.agency)),
        (None, "Minister quits", "mul", Language(tag="pt-BR", source=Source.site)),
        (None, "Minister quits", None, Language(tag="pt-BR", source=Source.site)),
    ],
)
def test_the_item_is_believed_then_its_words_then_its_agency_then_the_site(
    declared: str | None, text: str, agency: str | None, found: Language
) -> None:
    assert language.of(declared, text, agency=agency, site="pt-BR") == found


def test_a_shell_command_does_not_wait_for_the_model() -> None:
    code = "import sys, copytaster.press; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_where_the_model_cannot_be_unpacked_no_language_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(language, "_identifier", full)
    assert language.detect(REPORTS["en"]) is None
