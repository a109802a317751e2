"""`workstation bridge`: options in, one line when it is ready, one line when the port is taken."""

from __future__ import annotations

import errno
import sys
from types import ModuleType

import pytest

from workstation.cli import main


@pytest.fixture
def simulator(monkeypatch):
    """A simulated Bridge that notes how it was asked to serve, and ends as it is told."""
    module = ModuleType("workstation.simulator.bridge")
    module.calls = []
    module.end = KeyboardInterrupt()

    def serve(*, ready, clock, **asked):
        module.calls.append({**asked, "always_open": clock.always_open})
        if isinstance(module.end, KeyboardInterrupt):
            ready(asked["port"] or 4711)
        raise module.end

    module.serve = serve
    monkeypatch.setitem(sys.modules, "workstation.simulator.bridge", module)
    return module


def test_options_reach_the_bridge(simulator):
    assert main(["bridge", "--port", "0", "--lines", "600", "--pacing", "off", "--seed", "7"]) == 0
    assert simulator.calls == [
        {
            "port": 0,
            "lines": 600,
            "pacing": False,
            "seed": 7,
            "watch_stdin": False,
            "data": None,
            "always_open": True,
        }
    ]


def test_defaults_are_those_of_a_paper_tws(simulator):
    main(["bridge"])
    assert simulator.calls == [
        {
            "port": 7497,
            "lines": 100,
            "pacing": True,
            "seed": None,
            "watch_stdin": False,
            "data": None,
            "always_open": True,
        }
    ]


def test_seed_may_come_from_the_environment(simulator, monkeypatch):
    monkeypatch.setenv("WORKSTATION_SEED", "11")
    main(["bridge"])
    main(["bridge", "--seed", "12"])
    assert [call["seed"] for call in simulator.calls] == [11, 12]


def test_port_is_announced_and_interrupt_is_the_ordinary_end(simulator, capsys):
    assert main(["bridge", "--port", "0"]) == 0
    assert capsys.readouterr() == ("listening on 127.0.0.1:4711\n", "")


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.EADDRINUSE, "is taken"), (errno.EACCES, "needs the rights of an administrator")],
)
def test_port_that_can_not_be_had_is_one_line(simulator, capsys, number, told):
    simulator.end = OSError(number, "cannot bind")
    assert main(["bridge", "--port", "4002"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"workstation: port 4002 on 127.0.0.1 {told}; give another one with --port, "
        "or 0 to let the system choose\n"
    )


def test_other_trouble_of_the_system_is_not_blamed_on_the_port(simulator):
    simulator.end = OSError(errno.EMFILE, "too many open files")
    with pytest.raises(OSError, match="too many open files"):
        main(["bridge"])


def test_a_clock_and_a_folder_are_handed_on(simulator, tmp_path):
    assert main(["bridge", "--clock", "realtime", "--data", str(tmp_path)]) == 0
    (asked,) = simulator.calls
    assert (asked["always_open"], asked["data"]) == (False, tmp_path)


def test_a_clock_that_does_not_exist_is_one_line(simulator, capsys):
    assert main(["bridge", "--clock", "slow"]) != 0
    assert "legal are always-open, realtime" in capsys.readouterr().err
    assert simulator.calls == []
