"""What the codes of info messages say."""

from __future__ import annotations

import pytest

from workstation.state.info_codes import is_refusal, is_warning


@pytest.mark.parametrize(
    "code", [317, 399, 1100, 1101, 1102, 2100, 2104, 2158, 2199, 10091, 10167, 10197, 10349]
)
def test_warnings_refuse_nothing(code):
    assert is_warning(code)
    assert not is_refusal(code)


@pytest.mark.parametrize("code", [100, 101, 200, 201, 321, 504, 2099, 2200, 10147, 10168])
def test_any_other_code_refuses(code):
    assert is_refusal(code)
    assert not is_warning(code)


@pytest.mark.parametrize("code", [202, 404])
def test_news_of_an_order_neither_warns_nor_refuses(code):
    assert not is_refusal(code)
    assert not is_warning(code)
