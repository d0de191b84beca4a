"""What docs/reference/wire.md says is what the room does."""

import re
from ipaddress import ip_network
from pathlib import Path

import pytest

from copytaster.wire import permitted


@pytest.fixture(scope="module")
def reference(project: Path) -> str:
    return (project / "docs" / "reference" / "wire.md").read_text(encoding="utf-8")


def test_every_alert_is_in_the_reference_and_every_one_there_is_rung(project, reference):
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (project / "src" / "copytaster" / "wire").glob("*.py")
    )
    rung = set(re.findall(r'"((?:feed|folder)-[a-z]+)"', source))
    documented = set(re.findall(r"^\| `((?:feed|folder)-[a-z]+)` \|", reference, re.MULTILINE))
    assert rung == documented
    assert len(rung) >= 8


def test_every_network_in_the_reference_is_closed_from_end_to_end(reference):
    table = reference.split("| closed | why |")[1].split("\n\n")[0]
    named = [ip_network(text) for text in re.findall(r"`([0-9a-f:.]+/[0-9]+)`", table)]
    named.remove(ip_network("2000::/3"))  # named there as the one that is open
    assert len(named) >= 20
    for network in named:
        assert not permitted(network[0]), network
        assert not permitted(network[-1]), network


def test_every_status_push_answers_is_in_the_reference(project, reference):
    push = (project / "src" / "copytaster" / "wire" / "push.py").read_text(encoding="utf-8")
    answered = set(re.findall(r"_(?:refusal|json)\((\d{3})", push)) - {"200", "400"}
    assert answered == {"202", "401", "404", "408", "413", "503"}
    assert all(f"| `{status}` |" in reference for status in (*answered, "405"))
