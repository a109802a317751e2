from __future__ import annotations

import subprocess
import sys

import pytest

import workstation
from workstation import model
from workstation.model import contracts, enums, orders


def test_whole_model_stands_in_the_package():
    for name in model.__all__:
        assert getattr(workstation, name) is getattr(model, name)
    assert set(model.__all__) <= set(dir(workstation))
    assert set(model.__all__) <= set(workstation.__all__)


@pytest.mark.parametrize("part", [contracts, orders, enums], ids=lambda each: each.__name__)
def test_parts_of_the_model_stand_in_the_model(part):
    assert set(part.__all__) <= set(model.__all__)


def test_star_import_gives_every_name():
    program = "from workstation import *; print(Stock('AAPL'), IBKR_API.__name__)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert run.stdout.split() == ["AAPL", "IBKR_API"]


def test_model_is_imported_only_when_it_is_asked_for():
    program = "import sys, workstation; print('workstation.model' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "False"


def test_name_that_is_not_there_is_refused():
    with pytest.raises(AttributeError, match="Nothing"):
        _ = workstation.Nothing
