"""Persons of the desk: how they come in, how often they may try, and who never comes in again."""

from datetime import timedelta

import pytest

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.newsroom.people import Passwords
from copytaster.store import Full
from tests.newsroom.staffed import HERE
from tests.newsroom.staffed import PASSWORD
from tests.newsroom.staffed import SHELL
from tests.newsroom.staffed import Staffed
from tests.newsroom.staffed import seated
from tests.store.twin import Twin
from tests.store.twin_people import TwinPeople

OTHER = "four dry quayside dogs"


@pytest.fixture
def desk() -> Staffed:
    return Staffed(Twin().people)


@pytest.fixture
def ada(desk: Staffed) -> str:
    """The first admin is there; the secret of her session."""
    return desk.join("ada")


# --- the first person -------------------------------------------------------------------------


def test_the_first_link_makes_an_admin_once(desk: Staffed) -> None:
    link = desk.people.entrance.first_link()
    assert link is not None
    session = desk.open(link, name="  Ada ", shown=" Ada\u202e  Quay\n")
    assert desk.seat(session) == Seat(person="ada", role=Role.admin, address=HERE)
    assert desk.people.staff.person("ADA").shown == "Ada Quay"
    assert desk.people.entrance.first_link() is None
    with pytest.raises(Wrong, match="used or withdrawn"):
        desk.open(link, name="eve")
    assert desk.whats() == ["sign-in", "join", "invite"]


def test_a_newer_first_link_replaces_the_older(desk: Staffed) -> None:
    older, newer = desk.people.entrance.first_link(), desk.people.entrance.first_link()
    assert older is not None
    assert newer is not None
    assert desk.people.entrance.invited(older) is None
    desk.wait(hours=23, minutes=59)
    assert desk.people.entrance.invited(newer) is not None
    desk.wait(minutes=1)
    assert desk.people.entrance.invited(newer) is None
    with pytest.raises(Wrong, match="older than 24 hours"):
        desk.open(newer)


def test_a_first_link_that_lay_about_is_of_no_use_beside_somebody(desk: Staffed) -> None:
    lying = desk.people.entrance.first_link()
    assert lying is not None
    invited = desk.people.staff.invite(SHELL, "admin", "ada")
    desk.open(invited)
    assert desk.people.entrance.invited(lying) is None
    assert desk.people.staff.links() == []
    with pytest.raises(Wrong, match="Ask for another one"):
        desk.open(lying, name="eve")


def test_the_first_person_is_an_admin(desk: Staffed) -> None:
    with pytest.raises(Wrong, match="first person here is an admin"):
        desk.people.staff.invite(SHELL, "editor", "bo")


# --- signing in -------------------------------------------------------------------------------


class Counting(Passwords):
    """Counts what takes long."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8, passes=1)
        self.tried: list[bool] = []

    def is_right(self, password: str, kept: str | None) -> bool:
        self.tried.append(super().is_right(password, kept))
        return self.tried[-1]


@pytest.mark.parametrize("name", ["nobody", "bo", "ada", "", "a" * 9999, "Robert'); --", "\x00"])
def test_whoever_is_not_let_in_is_told_the_same_after_the_same_work(name: str) -> None:
    passwords = Counting()
    desk = Staffed(Twin().people, passwords)
    desk.join("ada")
    desk.join("bo", "editor", OTHER)
    desk.people.staff.disable(SHELL, "bo")
    with pytest.raises(Wrong) as caught:
        desk.sign_in(name, OTHER)
    assert (caught.value.field, caught.value.wait) == ("password", None)
    assert str(caught.value) == "The name or the password is wrong."
    assert passwords.tried == [False]


def test_a_name_is_known_however_it_is_written(desk: Staffed, ada: str) -> None:
    for written in ("ada", " ADA ", "\uff21\uff24\uff21"):
        assert desk.seat(desk.sign_in(written)) == desk.seat(ada)


def test_a_password_is_known_whatever_keyboard_wrote_it(desk: Staffed) -> None:
    desk.join("ada", password="caf\u00e9 au lait \ufb01ve")
    assert desk.sign_in(password="cafe\u0301 au lait five")


def test_each_sign_in_has_a_secret_of_its_own(desk: Staffed, ada: str) -> None:
    secrets = {ada, *(desk.sign_in() for _ in range(5))}
    assert len(secrets) == 6
    assert all(len(secret) == 43 for secret in secrets)
    kept = repr([desk.store.sessions("ada"), desk.store.persons(), desk.store.deeds()])
    assert not any(secret in kept for secret in secrets), "no secret is kept"
    assert PASSWORD not in kept


@pytest.mark.parametrize("planted", ["", "x", "a" * 43, "a" * 44, "é" * 43, "a" * 42 + "\n"])
def test_a_secret_that_the_desk_did_not_give_is_nobodys(
    desk: Staffed, ada: str, planted: str
) -> None:
    assert desk.seat(planted) is None
    assert desk.program(planted) is None
    assert desk.people.entrance.invited(planted) is None


def test_a_session_ends_twelve_hours_after_it_was_last_used(desk: Staffed, ada: str) -> None:
    desk.wait(hours=11, minutes=59)
    assert desk.seat(ada)
    desk.wait(hours=11, minutes=59)
    assert desk.seat(ada)
    desk.wait(hours=12)
    assert desk.seat(ada) is None
    assert desk.people.staff.sessions("ada") == []


def test_a_session_ends_after_fourteen_days_however_it_is_used(desk: Staffed, ada: str) -> None:
    for _ in range(2 * 14 - 1):
        desk.wait(hours=11, minutes=59)
        assert desk.seat(ada)
    desk.wait(hours=11)
    assert desk.seat(ada)
    desk.wait(hours=2)
    assert desk.seat(ada) is None


def test_when_a_session_was_last_seen_is_noted_once_a_minute(desk: Staffed, ada: str) -> None:
    began = desk.now
    for seconds, seen in ((59, 0), (1, 60), (59, 60), (2, 121)):
        desk.wait(seconds=seconds)
        assert desk.seat(ada)
        (session,) = desk.people.staff.sessions("ada")
        assert session.seen == began + timedelta(seconds=seen)


def test_on_a_full_disk_whoever_is_here_stays(
    desk: Staffed, ada: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = desk.people.staff.make_token(seated(), "ada", "cron", "editor", 5)

    def full(*_: object) -> None:
        raise Full("no room")

    for write in ("saw_session", "saw_token"):
        monkeypatch.setattr(TwinPeople, write, full)
    desk.wait(minutes=5)
    assert desk.seat(ada) == seated()
    assert desk.program(token)
    assert caplog.text.count("is not noted: no room") == 2


def test_signing_out_ends_this_session_only(desk: Staffed, ada: str) -> None:
    other = desk.sign_in()
    desk.people.entrance.sign_out(seated(), ada)
    desk.people.entrance.sign_out(seated(), ada)
    assert desk.seat(ada) is None
    assert desk.seat(other)
    assert desk.whats()[:2] == ["sign-out", "sign-in"]


def test_a_person_keeps_twenty_sessions(desk: Staffed, ada: str) -> None:
    for _ in range(20):
        desk.wait(seconds=1)
        desk.sign_in()
    assert len(desk.people.staff.sessions("ada")) == 20
    assert desk.seat(ada) is None


# --- how often one may try --------------------------------------------------------------------


def waits(desk: Staffed, name: str = "ada", address: str = HERE) -> float:
    """Tries wrongly; the seconds that it was told to wait, 0 when it was looked at."""
    with pytest.raises(Wrong) as caught:
        desk.sign_in(name, "wrong", address)
    wait = caught.value.wait
    return 0 if wait is None else wait.total_seconds()


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_after_five_tries_of_a_name_each_wait_is_twice_the_last(
    desk: Staffed, ada: str, name: str
) -> None:
    assert [waits(desk, name) for _ in range(5)] == [0] * 5
    told = []
    for _ in range(12):
        told.append(waits(desk, name, "203.0.113.9"))
        desk.wait(seconds=told[-1])
        assert waits(desk, name, "203.0.113.9") == 0
    assert told == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_the_right_password_waits_as_well_and_then_lets_in(desk: Staffed, ada: str) -> None:
    for _ in range(5):
        waits(desk)
    with pytest.raises(Wrong, match="Too many tries: wait 2 seconds, then try again"):
        desk.sign_in()
    desk.wait(seconds=2)
    desk.sign_in()
    assert [waits(desk) for _ in range(4)] == [0] * 4, "what was wrong before is forgotten"
    assert desk.whats()[:3] == ["sign-in", "sign-in-blocked", "sign-in"]


def test_an_address_may_try_twenty_names(desk: Staffed, ada: str) -> None:
    assert [waits(desk, f"name{n}") for n in range(20)] == [0] * 20
    assert waits(desk, "another") == 2
    assert waits(desk, "another", "203.0.113.9") == 0
    desk.wait(seconds=2)
    desk.sign_in()
    assert waits(desk, "another") == 0, "whoever is let in does not count"
    assert waits(desk, "another") == 4


def test_tries_are_forgotten_after_a_day(desk: Staffed, ada: str) -> None:
    for _ in range(5):
        waits(desk)
    desk.wait(days=1)
    assert [waits(desk) for _ in range(5)] == [0] * 5


def test_a_clock_that_is_set_back_locks_nobody_out(desk: Staffed, ada: str) -> None:
    for _ in range(5):
        waits(desk)
    desk.wait(days=-3)
    assert desk.sign_in()


def test_any_number_of_names_takes_so_much_memory(desk: Staffed, ada: str) -> None:
    for number in range(5000):
        desk.people.entrance._names.count(f"name{number}", desk.now)
    assert len(desk.people.entrance._names._known) == 4096


def test_a_link_lets_in_whom_somebody_else_locked_out(desk: Staffed, ada: str) -> None:
    for _ in range(5):
        waits(desk)
    desk.open(desk.people.staff.reset(SHELL, "ada"), password=OTHER)
    assert desk.sign_in(password=OTHER)


# --- passwords --------------------------------------------------------------------------------


def test_passwords_are_kept_as_owasp_asks() -> None:
    passwords = Passwords()
    kept = passwords.kept(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_right(PASSWORD, kept)
    assert not passwords.is_right(PASSWORD + "s", kept)


def test_two_of_one_password_are_kept_differently_and_nobodys_is_never_right() -> None:
    passwords = Passwords(memory_kib=8, passes=1)
    assert passwords.kept(PASSWORD) != passwords.kept(PASSWORD)
    assert not passwords.is_right(PASSWORD, None)
    assert not passwords.is_right(PASSWORD, "no PHC string")
    assert not passwords.is_right("x\ud800" * 10_000, passwords.kept(PASSWORD))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "at least 12"),
        ("elevenchars", "at least 12"),
        ("x" * 201, "at most 200"),
        ("aaaaaaaaaaaaaaaa", "too easy"),
        ("password1234", "too easy"),
        ("Copytaster2026!", "too easy"),
        ("ada-ada-ada-ada", "too easy"),
        ("1234567890abc", "too easy"),
    ],
)
def test_a_weak_password_is_refused_at_its_field(desk: Staffed, password: str, why: str) -> None:
    link = desk.people.entrance.first_link() or ""
    with pytest.raises(Wrong, match=why) as caught:
        desk.open(link, password=password)
    assert caught.value.field == "password"
    assert desk.open(link), "the link is good still"


def test_a_password_is_written_twice(desk: Staffed) -> None:
    with pytest.raises(Wrong) as caught:
        desk.open(desk.people.entrance.first_link() or "", again=OTHER)
    assert caught.value.field == "again"


def test_another_password_ends_every_session(desk: Staffed, ada: str) -> None:
    other = desk.sign_in()
    change = desk.people.entrance.change_password
    new = change(seated(), PASSWORD, OTHER, OTHER, agent="Browser/1.0")
    assert desk.seat(ada) is desk.seat(other) is None
    assert desk.seat(new)
    assert desk.sign_in(password=OTHER)
    assert waits(desk) == 0
    assert desk.whats()[1:4] == ["sign-in", "sessions-end", "password"]


def test_a_new_password_needs_the_old_one_and_so_many_tries(desk: Staffed, ada: str) -> None:
    change = desk.people.entrance.change_password
    for _ in range(5):
        with pytest.raises(Wrong, match="not your password") as caught:
            change(seated(), OTHER, OTHER, OTHER, agent="")
        assert caught.value.field == "old"
    with pytest.raises(Wrong, match="Too many tries"):
        change(seated(), PASSWORD, OTHER, OTHER, agent="")
    assert desk.seat(ada), "nothing was changed"


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "-a", "a b", "a/b", "../x", "'; --", "<script>", "a" * 64, "a\x00b", "a\u200bb"),
        *("é", "\u0430da", "desk", "House", "shell"),
    ],
)
def test_a_name_that_nobody_can_have_is_refused_at_its_field(desk: Staffed, name: str) -> None:
    with pytest.raises(Wrong) as caught:
        desk.open(desk.people.entrance.first_link() or "", name=name)
    assert caught.value.field == "name"
    assert desk.store.persons() == []


@pytest.mark.parametrize("shown", ["", " \u200b\n", "x" * 81, "\u202e"])
def test_a_shown_name_is_there_and_short(desk: Staffed, shown: str) -> None:
    with pytest.raises(Wrong) as caught:
        desk.open(desk.people.entrance.first_link() or "", shown=shown)
    assert caught.value.field == "shown"


def test_a_name_is_given_once(desk: Staffed, ada: str) -> None:
    with pytest.raises(Wrong, match="given already") as caught:
        desk.people.staff.invite(seated(), "editor", "ADA")
    assert caught.value.field == "name"
    link = desk.people.staff.invite(seated(), "editor")
    with pytest.raises(Wrong, match="given already"):
        desk.open(link)
    assert desk.seat(desk.open(link, name="bo")) == seated("bo", Role.editor)


# --- what an admin does -----------------------------------------------------------------------


def test_whoever_is_invited_is_what_they_were_invited_as(desk: Staffed, ada: str) -> None:
    for role in Role:
        assert desk.seat(desk.join(f"a-{role.value}", role.value)) == seated(f"a-{role}", role)
    with pytest.raises(Wrong, match="no role 'king'; choose one of reader, editor, chief, admin"):
        desk.people.staff.invite(seated(), "king")


def test_a_newer_link_for_a_name_replaces_the_older_and_one_can_be_withdrawn(
    desk: Staffed, ada: str
) -> None:
    older = desk.people.staff.invite(seated(), "editor", "bo")
    newer = desk.people.staff.invite(seated(), "reader", "bo")
    assert desk.people.entrance.invited(older) is None
    (link,) = desk.people.staff.links()
    assert desk.people.staff.withdraw(seated(), link.digest)
    assert not desk.people.staff.withdraw(seated(), link.digest)
    assert desk.people.entrance.invited(newer) is None


def test_who_is_disabled_never_gets_in(desk: Staffed, ada: str) -> None:
    session = desk.join("bo", "admin")
    token = desk.people.staff.make_token(seated("bo"), "bo", "cron", "reader", 30)
    link = desk.people.staff.invite(seated("bo"), "admin", "eve")
    reset = desk.people.staff.reset(seated(), "bo")
    desk.people.staff.disable(seated(), "bo", why="left")
    with pytest.raises(Wrong, match="wrong"):
        desk.sign_in("bo")
    assert desk.seat(session) is desk.program(token) is None
    assert desk.people.entrance.invited(link) is desk.people.entrance.invited(reset) is None
    for order in (
        lambda: desk.people.staff.reset(seated(), "bo"),
        lambda: desk.people.staff.make_token(seated(), "bo", "x", "reader", 1),
    ):
        with pytest.raises(Wrong, match="bo is disabled; enable them first"):
            order()
    desk.people.staff.enable(seated(), "bo")
    assert desk.seat(session) is desk.program(token) is None
    assert desk.sign_in("bo")
    assert [d.why for d in desk.people.trail.deeds(about="bo") if d.what == "disable"] == ["left"]


def test_a_role_holds_from_the_next_request_on(desk: Staffed, ada: str) -> None:
    session = desk.join("bo", "chief")
    token = desk.people.staff.make_token(seated("bo"), "bo", "cron", "chief", 30)
    desk.people.staff.set_role(seated(), "bo", "reader")
    assert desk.seat(session) == seated("bo", Role.reader)
    seat = desk.program(token)
    assert seat is not None
    assert (seat.role, seat.token) == (Role.reader, "cron")
    desk.people.staff.set_role(seated(), "bo", "admin")
    seat = desk.program(token)
    assert seat is not None
    assert seat.role is Role.chief, "a token never does more than it was made for"
    (deed, *_) = desk.people.trail.deeds(about="bo")
    assert (deed.what, deed.why, deed.by) == ("role", "reader to admin", "ada")


@pytest.mark.parametrize("order", ["disable", "demote"])
def test_the_last_admin_stays(desk: Staffed, ada: str, order: str) -> None:
    desk.join("bo", "chief")
    staff = desk.people.staff
    orders = {
        "disable": lambda: staff.disable(seated(), "ada"),
        "demote": lambda: staff.set_role(seated(), "ada", "chief"),
    }
    with pytest.raises(Wrong, match="last admin who can sign in; make another one first"):
        orders[order]()
    assert desk.seat(ada) == seated()


def test_orders_about_nobody_say_so(desk: Staffed, ada: str) -> None:
    for order in (desk.people.staff.disable, desk.people.staff.enable, desk.people.staff.reset):
        with pytest.raises(Wrong, match="nobody called 'X<b>'"):
            order(seated(), "X<b>\u202e")


def test_an_order_that_changes_nothing_leaves_no_line(desk: Staffed, ada: str) -> None:
    before = desk.whats()
    desk.people.staff.enable(seated(), "ada")
    desk.people.staff.set_role(seated(), "ada", "admin")
    assert desk.whats() == before


def test_sessions_are_ended_one_by_one_or_all(desk: Staffed, ada: str) -> None:
    other = desk.sign_in()
    digests = [one.digest for one in desk.people.staff.sessions("ada")]
    assert len(digests) == 2
    assert not desk.people.staff.end_session(seated(), "bo", digests[0])
    assert desk.people.staff.end_session(seated(), "ada", digests[0])
    assert [desk.seat(ada), desk.seat(other)].count(None) == 1
    assert desk.people.staff.end_sessions(seated(), "ada") == 1
    assert desk.seat(ada) is desk.seat(other) is None


# --- tokens -----------------------------------------------------------------------------------


def test_a_token_is_good_until_its_day(desk: Staffed, ada: str) -> None:
    token = desk.people.staff.make_token(seated(), "ada", " the\ncron ", "editor", "30")
    assert desk.program(token) == Seat(
        person="ada", role=Role.editor, token="the cron", address=HERE
    )
    assert desk.seat(token) is None, "it is no session"
    assert desk.program(ada) is None, "and a session is no token"
    desk.wait(days=29, hours=23)
    assert desk.program(token)
    (kept,) = desk.people.staff.tokens("ada")
    assert kept.used == desk.now
    desk.wait(hours=1)
    assert desk.program(token) is None
    assert desk.people.staff.tokens() == []


@pytest.mark.parametrize(
    ("name", "role", "days", "field"),
    [
        ("", "reader", 1, "token"),
        ("x" * 81, "reader", 1, "token"),
        ("x", "chief", 1, "role"),
        ("x", "", 1, "role"),
        ("x", "reader", 0, "days"),
        ("x", "reader", 367, "days"),
        ("x", "reader", "99999", "days"),
        ("x", "reader", "soon", "days"),
        ("taken", "reader", 1, "token"),
    ],
)
def test_a_token_that_cannot_be_is_refused_at_its_field(
    desk: Staffed, ada: str, name: str, role: str, days: str | int, field: str
) -> None:
    desk.join("bo", "editor")
    desk.people.staff.make_token(seated(), "bo", "taken", "reader", 1)
    with pytest.raises(Wrong) as caught:
        desk.people.staff.make_token(seated(), "bo", name, role, days)
    assert caught.value.field == field
    assert len(desk.people.staff.tokens()) == 1


def test_a_token_that_is_ended_lets_nobody_in(desk: Staffed, ada: str) -> None:
    token = desk.people.staff.make_token(seated(), "ada", "cron", "reader", 30)
    assert desk.people.staff.end_token(seated(), "ada", "cron")
    assert not desk.people.staff.end_token(seated(), "ada", "cron")
    assert desk.program(token) is None
    assert desk.whats()[:2] == ["token-end", "token"]


def test_a_person_has_fifty_tokens(desk: Staffed, ada: str) -> None:
    for number in range(50):
        desk.people.staff.make_token(seated(), "ada", f"{number}", "reader", 1)
    with pytest.raises(Wrong, match="has 50 tokens; end one first"):
        desk.people.staff.make_token(seated(), "ada", "more", "reader", 1)


# --- the audit trail --------------------------------------------------------------------------


def test_a_line_says_who_when_what_why_and_whence_on_one_line(desk: Staffed) -> None:
    program = Seat(person="bo", role=Role.chief, token="cron", address="2001:db8::/64")
    desk.people.note(program, "kill", "0123456789abcdef", "the agency\n\u202e called " + "x" * 999)
    (deed,) = desk.people.trail.deeds()
    assert (deed.at, deed.by, deed.token) == (desk.now, "bo", "cron")
    assert (deed.what, deed.about, deed.address) == ("kill", "0123456789abcdef", "2001:db8::/64")
    assert deed.why.startswith("the agency called xxx")
    assert (len(deed.why), deed.why[-1]) == (500, "…")
