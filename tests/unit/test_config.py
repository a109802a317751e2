"""Settings: which source wins, and how a broken one is reported."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from workstation.config import Endpoint, LimitSettings, Settings, load_settings, unknown_variables
from workstation.errors import ConfigurationError
from workstation.risk.limits import OrderLimits


@pytest.fixture
def settings_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    path.touch()
    monkeypatch.setenv("WORKSTATION_CONFIG", str(path))
    return path


CHOICES = {
    "connect": ("a:1", "b:2", "c:3"),
    "client_id": (1, 2, 3),
    "theme": ("one", "two", "three"),
    "watchlist": ("dow30", "sp500", "dow30"),
    "seed": (1, 2, 3),
    "actors": (True, False, True),
}
"""For each setting a value for the flag, the environment and the file; neighbours differ."""


def seen(name, value):
    return Endpoint.parse(value) if name == "connect" else value


@pytest.mark.parametrize("name", CHOICES)
class TestPrecedence:
    def test_flag_wins_over_environment(self, settings_file, monkeypatch, name):
        flag, variable, _ = CHOICES[name]
        monkeypatch.setenv(f"WORKSTATION_{name.upper()}", str(variable))
        assert getattr(load_settings({name: flag}), name) == seen(name, flag)

    def test_flag_wins_over_file(self, settings_file, name):
        _, flag, written = CHOICES[name]
        settings_file.write_text(f"{name} = {json.dumps(written)}")
        assert getattr(load_settings({name: flag}), name) == seen(name, flag)

    def test_environment_wins_over_file(self, settings_file, monkeypatch, name):
        _, variable, written = CHOICES[name]
        monkeypatch.setenv(f"WORKSTATION_{name.upper()}", str(variable))
        settings_file.write_text(f"{name} = {json.dumps(written)}")
        assert getattr(load_settings(), name) == seen(name, variable)

    def test_silent_flag_leaves_the_file_alone(self, settings_file, name):
        value = CHOICES[name][1]
        settings_file.write_text(f"{name} = {json.dumps(value)}")
        assert getattr(load_settings({name: None}), name) == seen(name, value)

    @pytest.mark.parametrize("source", ["flag", "environment", "file"])
    def test_each_source_wins_over_the_default(self, settings_file, monkeypatch, name, source):
        default = Settings.model_fields[name].get_default(call_default_factory=True)
        value = next(each for each in CHOICES[name] if each != default)
        if source == "environment":
            monkeypatch.setenv(f"WORKSTATION_{name.upper()}", str(value))
        elif source == "file":
            settings_file.write_text(f"{name} = {json.dumps(value)}")
        settings = load_settings({name: value} if source == "flag" else {})
        assert getattr(settings, name) == seen(name, value) != default


def test_defaults_stand_without_any_source():
    settings = load_settings()
    assert settings == Settings.model_construct(
        connect=None,
        client_id=0,
        theme=None,
        watchlist="dow30",
        seed=None,
        actors=True,
        keys={},
        limits=LimitSettings(),
    )


def test_tables_are_merged_key_by_key(settings_file, monkeypatch):
    settings_file.write_text(
        "[limits]\nmax_order_value = 5000\nmax_order_quantity = 10\n[keys]\nquit = 'ctrl+q'"
    )
    monkeypatch.setenv("WORKSTATION_LIMITS__MAX_ORDER_VALUE", "7000")
    monkeypatch.setenv("WORKSTATION_LIMITS__MAX_PERCENT_OFF_MARKET", "2.5")
    monkeypatch.setenv("WORKSTATION_KEYS__HELP", "f1")
    settings = load_settings()
    assert settings.keys == {"quit": "ctrl+q", "help": "f1"}
    assert settings.limits.model_dump(exclude_none=True) == {
        "max_order_value": 7000,
        "max_order_quantity": 10,
        "max_percent_off_market": 2.5,
    }


def test_flag_none_undoes_a_bridge_named_elsewhere(settings_file):
    settings_file.write_text('connect = "127.0.0.1:7497"')
    assert load_settings({"connect": "none"}).connect is None


def test_empty_variable_says_nothing(settings_file, monkeypatch):
    settings_file.write_text("client_id = 4")
    monkeypatch.setenv("WORKSTATION_CLIENT_ID", "")
    assert load_settings().client_id == 4


def test_watchlist_in_the_file_lies_beside_it(settings_file):
    (settings_file.parent / "mine.txt").write_text("AAPL\n")
    settings_file.write_text('watchlist = "mine.txt"')
    assert load_settings().watchlist == str(settings_file.parent / "mine.txt")


def test_watchlist_word_is_read_in_any_case():
    assert load_settings({"watchlist": "SP500"}).watchlist == "sp500"


BROKEN = {
    "connect": ('"localhost"', "'localhost'", "HOST:PORT"),
    "client_id": ('"seven"', "'seven'", "a whole number from 0"),
    "theme": ("3", "3", "the name of a theme"),
    "watchlist": ("3", "3", "dow30, sp500 or an existing file"),
    "seed": ("-1", "-1", "a whole number from 0"),
    "actors": ('"perhaps"', "'perhaps'", "true or false"),
    "keys": ("3", "3", "a table of action"),
    "keys.quit": ("3", "3", "a table of action"),
    "limits": ("3", "3", "a table of limits"),
    "limits.max_order_value": ("0", "0", "a number above 0"),
    "limits.max_orders_per_second": ("true", "True", "a whole number above 0"),
    "limits.max_order_quantity": ("nan", "nan", "a number above 0"),
}


@pytest.mark.parametrize("key", BROKEN)
def test_broken_file_is_named_with_key_value_and_what_is_legal(settings_file, key):
    written, shown, legal = BROKEN[key]
    settings_file.write_text(f"{key} = {written}")
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{settings_file}: {key}: {shown} is not legal; give")
    assert legal in str(caught.value)


def test_unknown_key_is_answered_with_the_known_ones(settings_file):
    settings_file.write_text("thema = 'dark'")
    with pytest.raises(ConfigurationError, match=r"thema: 'dark' .*known settings are .*theme"):
        load_settings()


def test_unknown_limit_is_answered_with_the_known_ones(settings_file):
    settings_file.write_text("[limits]\nmax_value = 3")
    with pytest.raises(ConfigurationError, match=r"limits\.max_value: 3 .*max_order_value"):
        load_settings()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a = 1\nclient_id = = 3\n", "line 2: 'client_id = = 3' is not legal; give TOML: "),
        (b'theme = "dark', "line 1: 'theme = \"dark' is not legal; give TOML: "),
        (b'theme = "\xff"', "text: 255 is not legal; give UTF-8 text"),
    ],
    ids=["syntax", "unterminated", "encoding"],
)
def test_file_that_is_no_toml_is_named_with_the_place(settings_file, content, told):
    settings_file.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{settings_file}: {told}")
    assert "\n" not in str(caught.value)


def test_named_file_that_is_missing_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKSTATION_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(ConfigurationError, match=r"^WORKSTATION_CONFIG: .*none\.toml"):
        load_settings()


def test_broken_variable_is_named_even_if_the_file_is_sound(settings_file, monkeypatch):
    settings_file.write_text("client_id = 4\n[limits]\nmax_order_value = 3")
    monkeypatch.setenv("WORKSTATION_LIMITS__MAX_ORDER_VALUE", "much")
    with pytest.raises(ConfigurationError, match=r"^WORKSTATION_LIMITS__MAX_ORDER_VALUE: limits"):
        load_settings()


def test_broken_flag_is_named_even_if_the_variable_is_sound(monkeypatch):
    monkeypatch.setenv("WORKSTATION_CONNECT", "a:1")
    with pytest.raises(ConfigurationError, match=r"^--connect: connect: 'b' is not legal"):
        load_settings({"connect": "b"})


def test_sound_flag_covers_a_broken_variable(monkeypatch):
    monkeypatch.setenv("WORKSTATION_CLIENT_ID", "seven")
    assert load_settings({"client_id": 7}).client_id == 7


def test_misspelt_variables_are_found(monkeypatch):
    for name in ("THEM", "THEME", "CONFIG", "LIMITS__MAX_ORDER_VALUE", "LIMIT__MAX_ORDER_VALUE"):
        monkeypatch.setenv(f"WORKSTATION_{name}", "1")
    found = set(unknown_variables()) - {"WORKSTATION_CAPTURES", "WORKSTATION_TEST_VENV"}
    assert found == {"WORKSTATION_THEM", "WORKSTATION_LIMIT__MAX_ORDER_VALUE"}


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:7497", "127.0.0.1", 7497),
        (" bridge.local:1 ", "bridge.local", 1),
        ("[::1]:65535", "::1", 65535),
    ],
)
def test_endpoint_is_read_and_written_alike(text, host, port):
    endpoint = Endpoint.parse(text)
    assert endpoint == Endpoint(host, port)
    assert str(endpoint) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "host",
        "host:",
        ":7497",
        "host:0",
        "host:65536",
        "host:-1",
        "host:٣",
        "::1:7497",
        "[]:1",
        "[host]:1",
        "[host:1",
        "[a:b:1",
        "a b:1",
        "host:1x",
    ],
)
def test_endpoint_refuses_what_is_none(text):
    with pytest.raises(ValueError, match=r"HOST:PORT|port"):
        Endpoint.parse(text)


def test_every_limit_of_the_order_guard_can_be_set(settings_file):
    assert LimitSettings.model_fields.keys() == set(OrderLimits.__struct_fields__)
    settings_file.write_text(
        "[limits]\nmax_order_quantity = 2.5\nmax_order_value = 1000\n"
        "max_percent_off_market = 3\nmax_orders_per_second = 4"
    )
    assert OrderLimits(**load_settings().limits.changed()) == OrderLimits(
        max_order_quantity=Decimal("2.5"),
        max_order_value=1000.0,
        max_percent_off_market=3.0,
        max_orders_per_second=4,
    )


def test_limit_that_nobody_changed_is_the_order_guards_own():
    assert OrderLimits(**load_settings().limits.changed()) == OrderLimits()
