"""The demo: its imitation of today's pages, and the day over real HTTP from start to end."""

import subprocess
import sys
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from copytaster.demo import before
from copytaster.demo import load
from copytaster.demo import script as said
from copytaster.demo import show


def test_the_imitation_has_the_defects_it_is_there_to_show() -> None:
    story = before.copied()
    page = LexborHTMLParser(before.page())
    text = page.body.text()
    assert text.count(story.headline) == 4
    assert (
        "By ANI | Updated: December 4, 2025 23:10 IST"
        "2025-12-04T23:05:03+5:302025-12-04T23:10:05+5:30" in text
    )
    assert any(one.text().endswith(" ...") for one in page.css("p"))
    assert "imitation" in page.css_first('[role="note"]').text()


def test_the_day_is_lively() -> None:
    day = load(show.DAY)
    sends = [step.act for step in day.steps if isinstance(step.act, said.Send)]
    languages = {entry.get("lang") for send in sends for entry in send.entries}
    assert len(day.stories) >= 14
    assert {"de", "hi", "ar"} <= languages
    assert {send.format.value for send in sends} >= {"rss", "atom", "ninjs", "newsml-g2", "nitf"}
    assert day.steps[0].act.agency == "ani"
    assert 120 <= day.steps[-1].at.total_seconds() <= 180


def test_the_demo_plays_the_day_over_http_and_sees_every_withdrawal_clean(tmp_path: Path) -> None:
    command = "from copytaster.cli import main; main()"
    arguments = ["demo", "--once", "--speed", "50", "--listen", "127.0.0.1:0"]
    done = subprocess.run(
        [sys.executable, "-c", command, *arguments, "--data", str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("public addresses fetched; the last was seen clean after") == 2
    assert "was seen to be gone, everywhere" in done.stdout
    assert "The scripted day is over." in done.stdout
    (alert,) = done.stderr.splitlines()
    assert "ALERT picture-killed: seaboard takes back /media/" in alert
