from typing import get_args

import pytest

from indicators.errors import Forbidden
from indicators.language.messages import error_text
from indicators.model.access import READER, Action, Person, Role, local_person, may, person_at, require

ACTIONS = get_args(Action)


@pytest.mark.parametrize(
    ("role", "permitted"),
    [
        ("viewer", {"read"}),
        ("analyst", {"read", "check"}),
        ("publisher", {"read", "check", "publish", "roll_back"}),
        ("administrator", {"read", "check", "publish", "roll_back"}),
    ],
)
def test_a_role_permits_these_acts_and_no_others(role, permitted):
    person = Person("某人", frozenset({role}))
    assert {action for action in ACTIONS if may(person, action)} == permitted


def test_every_role_is_tested_above():
    assert get_args(Role) == ("viewer", "analyst", "publisher", "administrator")


def test_roles_add_up():
    assert may(Person("某人", frozenset({"viewer", "publisher"})), "publish")


@pytest.mark.parametrize("action", ACTIONS)
def test_whoever_has_no_role_is_refused_everything_in_both_languages(action):
    with pytest.raises(Forbidden) as refusal:
        require(Person("某人", frozenset()), action)
    assert (refusal.value.code, refusal.value.details) == (f"access.{action}", {"name": "某人"})
    assert all(error_text(language, refusal.value) for language in ("zh", "en"))


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_permitted_passes_silently(action):
    require(local_person("张三"), action)


@pytest.mark.parametrize("address", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1"])
def test_a_server_that_only_this_machine_reaches_serves_its_owner(address):
    assert person_at(address) == local_person()


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "0.0.0.0",
        "::",
        "192.168.1.20",
        "10.0.0.1",
        "localhost.example.org",
        "127.0.0.1.example.org",
        " localhost",
        "127.1",
        "figures.example.org",
        "unix:///run/figures.sock",
    ],
)
def test_any_other_address_serves_readers_only(address):
    assert person_at(address) == READER
    assert [action for action in ACTIONS if may(person_at(address), action)] == ["read"]
