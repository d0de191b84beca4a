"""What holds for every text: places, values near the sending, and bounded time."""

import time
from datetime import date
from datetime import datetime
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster.reading.datelines import dateline
from copytaster.reading.days import days
from copytaster.reading.wording import LANGUAGES
from copytaster.reading.wording import wording

SENT = datetime.fromisoformat("2025-12-31T22:10:00+00:00")
_WORDS = (
    "KYIV", "Dec 31", "(Reuters)", "-", "—", "(AP)", "December 4, 2025 23:10 IST", "\n\n", "\n",
    "2025-12-04T23:05:03+5:30", "Thursday", "Friday and Saturday", "on", "will", "said", "until",
    "today", "tomorrow", "yesterday", "29 February", "By Ada Bell", "(ANI)", "31/12/2025", "heute",
    "am Montag", "16. Juni", "jeudi", "le 1er janvier", "mañana", "कल", "सोमवार को", "एक दिसंबर",
    "dpa ks xx", "EXCLUSIVE:", '"', "“", "(", "[India]", ",", ".", "every", "next", "é", "\u0301",
    "😀", "\u202e", "Reporting by Ada Bell;", "/TASS/.", "7 and 10 January", "भोपाल,", "(भाषा)",
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join) | st.text(max_size=60)


@settings(max_examples=100, deadline=None)
@given(text=_TEXTS, language=st.sampled_from(LANGUAGES))
def test_every_note_is_around_words_and_every_value_is_near(text: str, language: str) -> None:
    where = dateline(text, language=language, sent=SENT)
    when = days(text, language=language, sent=SENT, dateline=where)
    for day in when:
        said = text[day.start : day.end]
        assert said
        assert said == said.strip()
        if day.value is not None and day.rule in ("weekday", "counted", "date-near"):
            apart = abs(date.fromisoformat(day.value) - SENT.date())
            assert apart <= timedelta(days={"weekday": 14, "counted": 2}.get(day.rule, 731))
    starts = [day.start for day in when]
    assert starts == sorted(starts)
    assert all(one.end <= two.start for one, two in pairwise(when))
    for name in ("place", "region", "country", "date", "agency"):
        start, end = getattr(where, f"{name}_start"), getattr(where, f"{name}_end")
        value = getattr(where, name)
        if start is not None and name != "date":
            assert value is not None
            assert value.casefold() in text[start:end].casefold()
    for credit in (where.byline, where.signoff):
        if credit is not None:
            assert " ".join(text[credit.start : credit.end].split())
            for name in credit.names:
                assert name in " ".join(text[credit.start : credit.end].split())


@given(text=_TEXTS, language=st.sampled_from(LANGUAGES))
@settings(max_examples=30, deadline=None)
def test_without_the_instant_of_sending_nothing_that_is_counted_has_a_value(
    text: str, language: str
) -> None:
    where = dateline(text, language=language, sent=None)
    when = days(text, language=language, sent=None, dateline=where)
    counted = ("weekday", "counted", "date-near")
    assert all(one.value is None for one in when if one.rule in counted)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 50_000,
        "A" * 100_000,
        "1" * 100_000,
        "4 " * 50_000,
        "4/" * 50_000,
        "A, " * 30_000 + "(",
        "\n" * 100_000,
        "A - \n" * 20_000,
        "(" * 100_000,
        "By " * 30_000,
        "2025-12-04T23:05:03" * 5_000,
        "Monday montag lundi lunes सोमवार " * 1_100,
        "today heute aujourd'hui hoy आज " * 3_000,
        "4 December 4. Dezember 4 décembre 4 de diciembre 4 दिसंबर " * 2_000,
        "Reporting by " * 10_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    for language in ("en", "hi"):
        began = time.process_time()
        where = dateline(text, language=language, sent=SENT)
        when = days(text, language=language, sent=SENT, dateline=where)
        assert time.process_time() - began < 2.0
        assert len(when) <= 1_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_each_language_says_in_which_direction_its_verbs_stand(language: str) -> None:
    tense = wording(language).days.tense
    assert tense.side in ("before", "behind", "both")
    assert tense.otherwise in ("back", "ahead")
    assert not set(tense.ahead) & set(tense.back)
