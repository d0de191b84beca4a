"""The configuration: everything optional, nothing unknown, secrets elsewhere."""

from pathlib import Path

import msgspec
import pytest

from copytaster import config
from copytaster.config import ConfigError


@pytest.mark.parametrize(
    "table",
    [
        field.name
        for field in msgspec.structs.fields(config.Config)
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)
    ],
)
def test_every_table_tells_of_a_key_it_does_not_know(table: str) -> None:
    with pytest.raises(ConfigError, match=rf"unknown key {table}\.no_such_key; "):
        config.read(f"[{table}]\nno_such_key = 1".encode(), "x.toml")


def test_no_file_at_all_gives_a_whole_configuration():
    assert config.load(None) == config.Config()


def test_an_unknown_key_is_refused_with_the_nearest_known_one():
    with pytest.raises(ConfigError, match=r"unknown key site\.nam; did you mean site\.name\?"):
        config.read(b'[site]\nnam = "x"\n', "c.toml")


def test_every_unknown_key_is_named_at_once():
    toml = b'lisen = "x"\n[site]\nnam = "x"\n[limits]\nfoo = 1\n'
    with pytest.raises(ConfigError) as caught:
        config.read(toml, "c.toml")
    assert len(str(caught.value).splitlines()) == 3


def test_a_key_inside_a_source_is_checked_against_its_route():
    toml = b'[sources.a]\nroute = "poll"\nagency = "a"\nurll = "http://example.org/"\n'
    with pytest.raises(ConfigError, match=r"sources\.a\.urll; did you mean sources\.a\.url\?"):
        config.read(toml, "c.toml")


def test_a_source_must_name_its_route():
    with pytest.raises(ConfigError, match="push, poll, folder"):
        config.read(b"[sources.a]\nagency = 'a'\n", "c.toml")


def test_a_wrong_type_names_the_place():
    with pytest.raises(ConfigError, match=r"\$\.limits\.deliveryBytes|\$\.limits\.delivery_bytes"):
        config.read(b'[limits]\ndelivery_bytes = "much"\n', "c.toml")


def test_a_token_cannot_be_written_into_the_file():
    with pytest.raises(ConfigError, match=r"unknown key sources\.a\.token"):
        config.read(b'[sources.a]\nroute = "push"\ntoken = "hunter2"\n', "c.toml")


def test_text_that_is_not_toml_is_refused_by_name():
    with pytest.raises(ConfigError, match=r"c\.toml: not TOML"):
        config.read(b"\xff\xfe", "c.toml")


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        config.load(tmp_path / "nowhere.toml")


def test_a_country_is_given_by_its_code():
    assert config.read(b'[site]\nterritories = ["IN"]\n', "c.toml").site.territories == ("IN",)
    with pytest.raises(ConfigError, match=r"site\.territories: 'UK' is no ISO 3166 code"):
        config.read(b'[site]\nterritories = ["UK"]\n', "c.toml")


def test_the_contract_of_a_source_is_checked_as_a_profiles_is():
    table = b'[sources.a]\nroute = "push"\n[sources.a.contract]\n'
    read = config.read(table + b'feeds = "none"\n', "c.toml")
    assert read.sources["a"].contract.feeds == "none"
    with pytest.raises(ConfigError, match=r"a\.contract\.feed; did you mean sources\.a\.contract"):
        config.read(table + b'feed = "none"\n', "c.toml")
    with pytest.raises(ConfigError, match="'UK' is no ISO 3166 code"):
        config.read(table + b'not_in = ["UK"]\n', "c.toml")


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("[reports]\nkep_days = 1", r"reports\.kep_days; did you mean reports\.keep_days\?"),
        ("[reports.grievance]\nnam = 'x'", r"reports\.grievance\.nam; did you mean"),
        ("[desk]\nsecond_person = ['house-rul']", r"desk\.second_person: .*mean 'house-rule'\?"),
        ("[desk]\nsecond_person = ['canceled']", r"'canceled' is no reason that an editor lifts"),
        ("[reports]\nproxies = ['mine']", r"reports\.proxies: 'mine' is no network"),
        ("[reports.grievance]\nname = 'A'\naddress = 'B'", "email"),
        (
            "[reports.grievance]\nname = 'A'\naddress = 'B'\nemail = 'C'",
            r"reports\.grievance\.email: 'C' is no address",
        ),
        (
            "[reports.grievance]\nname = ' '\naddress = 'B'\nemail = 'a@b.example'",
            r"reports\.grievance\.name: readers must be told it",
        ),
        (
            "reports.keep_days = 15\n[reports.grievance]\nname='A'\naddress='B'\nemail='a@b.c'",
            r"reports\.keep_days: 15 days end before a decision is due",
        ),
    ],
)
def test_terms_that_could_not_be_kept_are_refused(toml: str, fault: str):
    with pytest.raises(ConfigError, match=fault):
        config.read(toml.encode(), "c.toml")


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        (
            "[site.machines]\ntrain = true",
            r"site\.machines\.train; did you mean site\.machines\.train",
        ),
        ('[site.machines]\nrefuse = ["a b"]', r"'a b' is no crawler's token"),
        ('[site.machines]\ntdm_policy = "here"', r"tdm_policy: 'here' is no web address"),
        ('[site.trust]\nmember = ["x\\nsocial=y"]', r"site\.trust\.member: .* is no web address"),
        ('[site]\nsecurity_contact = "the door"', r"give name@host or an https address"),
        ('[site]\nsecurity_contact = "https://a.example/\\nx"', r"give name@host or an https"),
        ('[site]\nicon = "icon.gif"', r"neither \.svg nor \.png"),
        ('[site]\nshort_name = ""', r"site\.short_name: give 1 to"),
        (
            '[site]\nurl = "https://a.example"\n[site.app]\nname = "A"\nurl = "https://a.example/s/"',
            r"must be on another host",
        ),
        ('[site.app]\nname = "A"\nurl = "open"', r"site\.app\.url: 'open' is no web address"),
    ],
)
def test_what_machines_would_be_told_wrongly_is_refused(toml: str, why: str):
    with pytest.raises(ConfigError, match=why):
        config.read(toml.encode(), "c.toml")
