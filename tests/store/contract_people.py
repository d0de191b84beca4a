"""What every store promises of persons and of the audit trail: a part of the contract."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from copytaster.store import Deed
from copytaster.store import Invitation
from copytaster.store import LastAdmin
from copytaster.store import Moved
from copytaster.store import Person
from copytaster.store import Session
from copytaster.store import Store
from copytaster.store import Token
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import digest

DAY = timedelta(days=1)
DEED = Deed(at=NOON, by="ada", what="tested")


def deed(what: str, **facts: Any) -> Deed:
    return Deed(**({"at": NOON, "by": "ada", "what": what} | facts))


def person(name: str = "ada", **facts: Any) -> Person:
    given = {"shown": name.title(), "role": "admin", "password": "$argon2id$x", "created": NOON}
    return Person(name=name, **(given | facts))


def session(name: str, whose: str = "ada", **facts: Any) -> Session:
    given: dict[str, Any] = {
        "created": NOON,
        "seen": NOON,
        "expires": NOON + 14 * DAY,
        "agent": "Browser/1",
        "address": "192.0.2.1",
    }
    return Session(digest=digest(name.encode()), person=whose, **(given | facts))


def token(name: str, whose: str = "ada", **facts: Any) -> Token:
    given: dict[str, Any] = {"role": "reader", "created": NOON, "expires": NOON + 90 * DAY}
    return Token(
        digest=digest(f"{whose}/{name}".encode()), person=whose, name=name, **given | facts
    )


def invitation(link: str, **facts: Any) -> Invitation:
    given: dict[str, Any] = {"role": "editor", "by": "ada", "created": NOON, "expires": NOON + DAY}
    return Invitation(digest=digest(link.encode()), **(given | facts))


def join(store: Store, one: Person) -> None:
    link = invitation(f"for {one.name}", name=one.name)
    store.people.invite(link, DEED)
    assert store.people.join(link.digest, one, DEED)


def sign_in(store: Store, one: Session, *, most: int = 9) -> None:
    assert store.people.open_session(one, person(one.person), DEED, most=most)


def whats(store: Store) -> list[str]:
    """What was done, the newest first, but what only prepared the test."""
    return [one.what for one in store.people.deeds() if one.what != "tested"]


class PeopleContract:
    """Who may sign in at the desk, and what was done by whom."""

    # --- persons ---------------------------------------------------------------------------

    def test_persons_come_back_as_they_were_kept(self, store: Store) -> None:
        whole = person("zoé@x", shown="Zoé 😀 <b>", role="reader", created=at(1), disabled=at(2))
        for one in (whole, person("ada")):
            join(store, one)
        assert store.people.persons() == [person("ada"), whole]
        assert store.people.persons(limit=1) == [person("ada")]
        assert store.people.person("zoé@x") == whole
        assert store.people.person("ZOÉ@X") is None

    def test_what_is_amended_stays_with_its_line_of_the_audit_trail(self, store: Store) -> None:
        join(store, person("ada"))
        join(store, person("bo", role="reader"))
        was = person("bo", role="reader")
        now = replace(was, role="chief", created=at(9))
        store.people.amend(was, now, deed("role", about="bo"))
        assert store.people.person("bo") == person("bo", role="chief"), "it began when it began"
        with pytest.raises(Moved, match="nobody"):
            store.people.amend(person("nobody"), person("nobody"), deed("never"))
        assert whats(store) == ["role"]

    def test_of_two_orders_that_meet_the_second_is_told(self, store: Store) -> None:
        join(store, person("ada"))
        join(store, person("bo"))
        store.people.amend(person("bo"), person("bo", disabled=NOON), deed("disabled"))
        for change in ({"password": "new"}, {"role": "chief"}, {"shown": "B"}):
            with pytest.raises(Moved, match="bo"):
                store.people.amend(person("bo"), person("bo", **change), deed("never"))
        assert store.people.person("bo") == person("bo", disabled=NOON)
        assert whats(store) == ["disabled"]

    @pytest.mark.parametrize("change", [{"role": "chief"}, {"disabled": NOON}])
    def test_the_last_admin_stays(self, store: Store, change: dict[str, Any]) -> None:
        join(store, person("ada"))
        join(store, person("bo", disabled=NOON))
        sign_in(store, session("a"))
        with pytest.raises(LastAdmin, match="ada"):
            store.people.amend(person("ada"), person("ada", **change), deed("never"), ending=True)
        assert store.people.person("ada") == person("ada")
        assert store.people.session(session("a").digest) is not None
        assert whats(store) == []
        store.people.amend(person("bo", disabled=NOON), person("bo"), deed("enabled"))
        store.people.amend(person("ada"), person("ada", **change), deed("done"))
        assert whats(store) == ["done", "enabled"]

    def test_where_there_never_was_an_admin_none_is_the_last(self, store: Store) -> None:
        join(store, person("bo", role="reader"))
        was = person("bo", role="reader")
        store.people.amend(was, replace(was, shown="B"), DEED)
        assert store.people.person("bo") == person("bo", role="reader", shown="B")

    def test_with_a_persons_end_goes_all_they_could_come_in_by(self, store: Store) -> None:
        for name in ("ada", "bo", "cy"):
            join(store, person(name))
        for one in (session("a", "bo"), session("b", "ada")):
            sign_in(store, one)
        for mine in (token("t", "bo"), token("t", "ada")):
            store.people.keep_token(mine, DEED)
        made = invitation("made", by="bo")
        his = invitation("his", name="bo", resets=True)
        other = invitation("other", name="dee")
        for link in (made, his, other):
            store.people.invite(link, DEED)
        store.people.amend(
            person("bo"), person("bo", disabled=at(5)), deed("disabled"), ending=True
        )
        assert store.people.sessions("bo") == store.people.tokens("bo") == []
        assert store.people.invitations() == [other]
        assert store.people.sessions("ada") == [session("b", "ada")]
        assert store.people.tokens() == [token("t", "ada")]

    # --- sessions --------------------------------------------------------------------------

    def test_a_session_comes_back_with_its_person(self, store: Store) -> None:
        join(store, person("ada"))
        kept = session("a", agent="Größe\U0001f600")
        assert store.people.open_session(kept, person("ada"), deed("signed in"), most=9)
        assert store.people.session(kept.digest) == (kept, person("ada"))
        assert store.people.session(session("b").digest) is None
        store.people.saw_session(kept.digest, at(70))
        store.people.saw_session(kept.digest, at(60))
        store.people.saw_session(session("b").digest, at(60))
        assert store.people.sessions("ada") == [replace(kept, seen=at(70))]
        assert whats(store) == ["signed in"]

    @pytest.mark.parametrize("change", [{"disabled": NOON}, {"password": "new"}])
    def test_who_changed_while_they_signed_in_is_not_let_in(
        self, store: Store, change: dict[str, Any]
    ) -> None:
        for name in ("ada", "bo"):
            join(store, person(name))
        store.people.amend(person("bo"), person("bo", **change), DEED)
        kept = session("a", "bo")
        assert not store.people.open_session(kept, person("bo"), deed("never"), most=9)
        assert store.people.session(kept.digest) is None
        assert whats(store) == []

    def test_a_person_keeps_the_newest_sessions_and_expired_ones_go(self, store: Store) -> None:
        join(store, person("ada"))
        join(store, person("bo"))
        sign_in(store, session("old", "bo", expires=at(3)))
        for number in range(4):
            sign_in(store, session(f"{number}", created=at(number)), most=2)
        kept = [one.digest for one in store.people.sessions("ada")]
        assert kept == [session("3").digest, session("2").digest]
        assert store.people.sessions("bo") == []

    def test_sessions_end_one_by_one_or_all_and_nobody_elses(self, store: Store) -> None:
        for name in ("ada", "bo"):
            join(store, person(name))
        for number, whose in enumerate(["ada", "ada", "ada", "bo"]):
            sign_in(store, session(f"{number}", whose))
        end = store.people.end_sessions
        assert end("ada", deed("never"), only=session("3").digest) == 0
        assert end("ada", deed("one"), only=session("1").digest) == 1
        assert end("ada", deed("all")) == 2
        assert end("ada", deed("never")) == 0
        assert whats(store) == ["all", "one"]
        assert len(store.people.sessions("bo")) == 1

    # --- tokens ----------------------------------------------------------------------------

    def test_a_token_comes_back_with_its_person(self, store: Store) -> None:
        join(store, person("ada"))
        store.people.keep_token(token("cron"), deed("token"))
        assert store.people.token(token("cron").digest) == (token("cron"), person("ada"))
        assert store.people.token(token("other").digest) is None
        for seconds in (70, 60):
            store.people.saw_token(token("cron").digest, at(seconds))
        assert store.people.tokens("ada") == [token("cron", used=at(70))]

    def test_a_person_has_one_token_of_a_name(self, store: Store) -> None:
        for name in ("bo", "ada"):
            join(store, person(name))
        store.people.keep_token(token("b"), DEED)
        store.people.keep_token(token("a", expires=at(5)), DEED)
        store.people.keep_token(token("b", "bo"), DEED)
        with pytest.raises(ValueError, match="token"):
            store.people.keep_token(replace(token("b"), digest=digest(b"x")), deed("never"))
        assert store.people.tokens() == [token("a", expires=at(5)), token("b"), token("b", "bo")]
        assert store.people.tokens("bo") == [token("b", "bo")]
        store.people.keep_token(token("a", created=at(5)), DEED)
        assert store.people.tokens("ada") == [token("a", created=at(5)), token("b")]
        assert not store.people.end_token("ada", "c", deed("never"))
        assert store.people.end_token("ada", "b", deed("ended"))
        assert whats(store) == ["ended"]
        assert store.people.tokens(limit=1) == [token("a", created=at(5))]

    # --- invitations -----------------------------------------------------------------------

    def test_an_invitation_is_used_once(self, store: Store) -> None:
        link = invitation("a", name="bo")
        store.people.invite(link, deed("invited"))
        assert store.people.invitation(link.digest) == link
        bo = person("bo", role="editor")
        assert store.people.join(link.digest, bo, deed("joined"))
        assert not store.people.join(link.digest, person("cy"), deed("never"))
        assert store.people.persons() == [bo]
        assert store.people.invitation(link.digest) is None
        assert whats(store) == ["joined", "invited"]

    def test_a_name_is_given_once_and_the_link_stays_good(self, store: Store) -> None:
        join(store, person("ada"))
        link = invitation("a")
        store.people.invite(link, DEED)
        with pytest.raises(ValueError, match="persons"):
            store.people.join(link.digest, person("ada", role="editor"), deed("never"))
        assert store.people.person("ada") == person("ada")
        assert store.people.invitation(link.digest) == link
        assert whats(store) == []

    def test_a_reset_keeps_the_new_password_and_ends_sessions(self, store: Store) -> None:
        join(store, person("ada"))
        sign_in(store, session("a"))
        link = invitation("a", name="ada", resets=True)
        store.people.invite(link, DEED)
        assert store.people.join(link.digest, person("ada", password="new"), DEED)
        assert store.people.person("ada") == person("ada", password="new")
        assert store.people.sessions("ada") == []

    def test_a_reset_changes_nothing_but_the_password(self, store: Store) -> None:
        for name in ("ada", "bo", "cy"):
            join(store, person(name))
        for name in ("bo", "cy"):
            store.people.invite(invitation(name, name=name, resets=True), DEED)
        demoted = person("bo", role="reader")
        store.people.amend(person("bo"), demoted, DEED)
        reset = invitation("bo").digest
        assert store.people.join(reset, person("bo", password="new", shown="X"), DEED)
        assert store.people.person("bo") == replace(demoted, password="new")
        store.people.amend(person("cy"), person("cy", disabled=NOON), DEED)
        reset = invitation("cy").digest
        assert not store.people.join(reset, person("cy", password="new"), deed("never"))
        assert store.people.person("cy") == person("cy", disabled=NOON)
        assert whats(store) == []

    def test_a_link_for_the_first_person_is_of_no_use_when_there_is_one(self, store: Store) -> None:
        first, second = invitation("a", first=True), invitation("b", first=True)
        store.people.invite(first, DEED)
        store.people.invite(second, DEED)
        assert store.people.invitations() == [second], "a newer one replaces it"
        join(store, person("ada"))
        assert not store.people.join(second.digest, person("bo"), deed("never"))
        assert store.people.persons() == [person("ada")]

    def test_newer_links_replace_those_of_the_name_and_expired_ones_go(self, store: Store) -> None:
        store.people.invite(invitation("a", name="bo"), DEED)
        store.people.invite(invitation("b", expires=at(7)), DEED)
        store.people.invite(invitation("c", created=at(1)), DEED)
        newer = invitation("d", name="bo", created=at(7))
        store.people.invite(newer, DEED)
        left = [newer, invitation("c", created=at(1))]
        assert store.people.invitations() == left
        assert store.people.invitations(limit=1) == left[:1]
        assert store.people.withdraw(newer.digest, deed("withdrawn"))
        assert not store.people.withdraw(newer.digest, deed("never"))
        assert whats(store) == ["withdrawn"]

    # --- the audit trail -------------------------------------------------------------------

    def test_deeds_come_back_newest_first_by_person_and_thing(self, store: Store) -> None:
        lines = [
            deed("kill", about="s1", why="अदालत 😀", token="cron", address="2001:db8::/64"),
            deed("hold", about="s1", by="bo", at=at(-5)),
            deed("kill", about="s2"),
        ]
        for line in lines:
            store.people.note(line)
        kept = [replace(line, sequence=number) for number, line in enumerate(lines, start=1)]
        assert store.people.deeds() == kept[::-1]
        assert store.people.deeds(limit=1) == [kept[2]]
        assert store.people.deeds(before=3, limit=1) == [kept[1]]
        assert store.people.deeds(by="ada") == [kept[2], kept[0]]
        assert store.people.deeds(about="s1") == [kept[1], kept[0]]
        assert store.people.deeds(by="ada", about="s1") == [kept[0]]
        assert store.people.deeds(by="ada", before=3) == [kept[0]]
        assert store.people.deeds(about="") == store.people.deeds(by="cy") == []
