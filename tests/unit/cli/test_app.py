"""The command line: what reaches the product, and how an error leaves the program."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from workstation import __version__
from workstation.cli import main
from workstation.config import Endpoint
from workstation.errors import NotConnected


@pytest.fixture
def run(capsys):
    """Run a command line; gives the exit code, stdout and stderr."""

    def run(*arguments):
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def screen(monkeypatch):
    """A screen that notes the settings it is started with, in a terminal that is none."""
    module = ModuleType("workstation.cli.screen")
    module.calls = []
    module.answer = 0

    def run_screen(settings):
        module.calls.append(settings)
        if isinstance(module.answer, Exception):
            raise module.answer
        return module.answer

    module.run_screen = run_screen
    monkeypatch.setitem(sys.modules, "workstation.ui", ModuleType("workstation.ui"))
    monkeypatch.setitem(sys.modules, "workstation.cli.screen", module)
    monkeypatch.setattr("workstation.cli.app._in_a_terminal", lambda: True)
    return module


def test_version_is_printed(run):
    assert run("--version") == (0, f"workstation {__version__}\n", "")


def test_options_reach_the_screen_as_settings(run, screen, tmp_path):
    watchlist = tmp_path / "mine.txt"
    watchlist.touch()
    code, _, _ = run(
        *("--connect", "bridge.local:4002", "--client-id", "5", "--theme", "paper"),
        *("--watchlist", str(watchlist), "--seed", "7", "--no-actors"),
    )
    assert code == 0
    (settings,) = screen.calls
    assert settings.connect == Endpoint("bridge.local", 4002)
    assert settings.client_id == 5
    assert settings.theme == "paper"
    assert settings.watchlist == str(watchlist)
    assert settings.seed == 7
    assert settings.actors is False


def test_option_that_is_not_given_leaves_the_environment_its_say(run, screen, monkeypatch):
    monkeypatch.setenv("WORKSTATION_CLIENT_ID", "6")
    monkeypatch.setenv("WORKSTATION_ACTORS", "false")
    run()
    assert screen.calls[0].client_id == 6
    assert screen.calls[0].actors is False


def test_screen_decides_the_exit_code(run, screen):
    screen.answer = 3
    assert run()[0] == 3


def test_failure_as_it_runs_is_one_line_and_ends_with_1(run, screen):
    screen.answer = NotConnected("no Bridge at 127.0.0.1:7497\x1b[2J\nsecond line")
    code, out, err = run()
    assert (code, out) == (1, "")
    assert err == "workstation: no Bridge at 127.0.0.1:7497\\x1b[2J\\nsecond line\n"


def test_screen_without_a_terminal_is_refused(run):
    code, out, err = run()
    assert (code, out) == (1, "")
    assert err.startswith("workstation: the screen needs a terminal")


def test_a_theme_that_is_not_there_is_told_without_a_terminal_too(run):
    code, out, err = run("--theme", "nope")
    assert (code, out) == (2, "")
    assert err.startswith("workstation: theme: 'nope' is not legal; a theme is one of")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--connect", "nowhere"], "--connect: connect: 'nowhere' is not legal; give HOST:PORT"),
        (["--client-id", "seven"], "'--client-id'"),
        (["--client-id", "-1"], "--client-id: client_id: -1 is not legal"),
        (["--watchlist", "/no/such/file"], "--watchlist: watchlist: '/no/such/file'"),
        (["--connect", "a..b:1234"], "--connect: connect: 'a..b:1234' is not legal"),
        (["--seed"], "--seed"),
        (["--thema", "dark"], "--thema"),
        (["frobnicate"], "frobnicate"),
        (["locate", "moon"], "moon"),
        (["wire"], "Missing command"),
        (["wire", "decode", "/no/such/file"], "/no/such/file"),
        (["bridge", "--port", "65536"], "'--port'"),
        (["bridge", "--lines", "0"], "'--lines'"),
        (["bridge", "--pacing", "perhaps"], "perhaps"),
        (["bridge", "--seed", "-1"], "--seed: seed: -1 is not legal"),
        (["--seed", "3", "locate", "data"], "--seed before 'locate' has no effect"),
        (["\x1b[2J"], "\\x1b[2J"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_usage_is_one_line_on_stderr_and_ends_with_2(run, screen, arguments, told):
    code, out, err = run(*arguments)
    assert (code, out, screen.calls) == (2, "", [])
    assert err.startswith("workstation: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert told in err


def test_broken_settings_file_is_one_line_and_ends_with_2(run, screen, monkeypatch, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("client_id = 'seven'")
    monkeypatch.setenv("WORKSTATION_CONFIG", str(path))
    code, out, err = run()
    assert (code, out, screen.calls) == (2, "", [])
    assert err == (
        f"workstation: {path}: client_id: 'seven' is not legal; "
        "give a whole number from 0 to 2147483647\n"
    )


def test_interrupted_command_ends_with_130(run, screen):
    def interrupt(settings):
        raise KeyboardInterrupt

    screen.run_screen = interrupt
    assert run()[0] == 130


@pytest.mark.parametrize("place", ["config", "themes", "data"])
def test_locate_prints_one_path(run, place):
    code, out, err = run("locate", place)
    assert (code, err) == (0, "")
    assert out.startswith("/")
    assert out.count("\n") == 1


@pytest.mark.parametrize("command", [[], ["bridge"], ["wire", "decode"], ["locate"], ["doctor"]])
def test_help_of_every_command_is_plain_text(run, command):
    code, out, err = run(*command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: {' '.join(['workstation', *command])} ")
    assert out.isascii()
    assert "\x1b" not in out
