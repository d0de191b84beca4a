"""A check that needs no program of others finds what is broken; `make validate` proves the rest."""

from collections.abc import Callable
from collections.abc import Iterable
from pathlib import Path

import pytest

from checks import proving
from checks.budgets import budgets
from checks.canary import sweep
from checks.finding import CheckFailed
from checks.finding import Finding
from checks.links import links
from checks.open_graph import open_graph
from checks.policies import headers
from checks.saved import Answer
from checks.saved import Site
from checks.states import states
from copytaster.demo.script import Seen

CHECKS: dict[str, Callable[[Site], Iterable[Finding]]] = {
    "budgets": budgets,
    "headers": headers,
    "kill-sweep": sweep,
    "links": links,
    "open-graph": open_graph,
    "states": states,
}
BASE = "http://127.0.0.1:1"
_SAFE = {"x-content-type-options": "nosniff", "content-type": "text/html; charset=utf-8"}


def site_of(folder: Path, *pages: Answer, **known: object) -> Site:
    return Site(folder=folder, answers={page.url: page for page in pages}, **known)


def page(address: str, body: str, *, status: int = 200, **said: str) -> Answer:
    told = {name.replace("_", "-"): value for name, value in said.items()}
    return Answer(
        base=BASE, address=address, status=status, headers=_SAFE | told, body=body.encode()
    )


def rules(found: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in found}


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_what_it_is_there_to_find(name: str) -> None:
    proving.prove({name: CHECKS[name]})


def test_a_check_that_finds_nothing_is_not_trusted() -> None:
    with pytest.raises(CheckFailed, match="links cannot be trusted"):
        proving.prove({"links": lambda _site: []})


@pytest.mark.parametrize("name", CHECKS)
def test_a_page_as_it_should_be_passes(name: str, tmp_path: Path) -> None:
    told = '<!doctype html><html lang="en"><title>Calm</title><main id="main"><a href="#main">x</a>'
    assert list(CHECKS[name](site_of(tmp_path, page("/", told)))) == []


def test_a_word_of_the_canary_is_found_wherever_it_stands(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("site/left.html", "desk.sqlite", "alerts.json"):
        file = data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("an OSTRIMUFF was seen")
    before = page("/s/1", "Zephyrine of Brabblewick: ostrimuff, vellowsnatch, pimblewort")
    site = site_of(
        tmp_path,
        page("/feed.rss", "a vellowsnatch"),
        page("/search?q=snorblet", "nothing was found for snorblet"),
        page("/old", "", link="</pimblewort>"),
        before={before.url: before},
        data=data,
        log="",
        withdrawn_clean=True,
    )
    where = {finding.address for finding in sweep(site)}
    assert where == {"/feed.rss", "/old (link)", "site/left.html", "alerts.json"}


def test_a_sweep_that_never_saw_the_canary_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    site = site_of(tmp_path, data=tmp_path / "data", withdrawn_clean=True)
    assert rules(sweep(site)) == {"never-seen"}


def test_a_desk_that_has_not_seen_the_end_of_a_kill_has_not_finished_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert "not-proved" in rules(sweep(site_of(tmp_path, data=tmp_path / "data")))


@pytest.mark.parametrize(
    ("face", "status", "said", "missing"),
    [
        (Seen.live, 200, {}, set()),
        (Seen.live, 410, {}, {"status"}),
        (Seen.gone, 410, {"x-robots-tag": "noindex", "cache-control": "no-store"}, set()),
        (Seen.gone, 410, {}, {"noindex", "no-store"}),
        (Seen.legal, 451, {"x-robots-tag": "noindex", "cache-control": "no-store"}, {"blocked-by"}),
        (Seen.nowhere, 200, {}, {"status"}),
    ],
)
def test_an_address_answers_as_its_state_demands(
    face: Seen, status: int, said: dict[str, str], missing: set[str], tmp_path: Path
) -> None:
    headers = {name.replace("-", "_"): value for name, value in said.items()}
    answer = page("/s/1", "told", status=status, **headers)
    found = states(site_of(tmp_path, answer, stories={"one": "/s/1"}, faces={"one": face}))
    assert rules(found) == missing
