from __future__ import annotations

import pytest

from workstation.errors import InvalidValue
from workstation.ui.watchlists import load_watchlist, named_watchlist


@pytest.fixture
def listed(tmp_path):
    """Loads a list with the given lines."""

    def load(text, encoding="utf-8"):
        path = tmp_path / "mine.txt"
        path.write_text(text, encoding=encoding)
        return load_watchlist(path)

    return load


def symbols(watchlist):
    return [contract.symbol for contract in watchlist.contracts]


def test_built_in_lists_have_their_names_and_sizes():
    assert (named_watchlist("dow30").name, len(named_watchlist("dow30").contracts)) == (
        "Dow 30",
        30,
    )
    assert len(named_watchlist("sp500").contracts) == 503


def test_built_in_list_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(InvalidValue, match="dow30 and sp500"):
        named_watchlist("nasdaq")


def test_one_symbol_a_line_in_the_order_of_the_file(listed):
    watchlist = listed("MSFT\naapl\n\n  IBM  \n")
    assert symbols(watchlist) == ["MSFT", "AAPL", "IBM"]
    assert watchlist.name == "mine"


def test_first_column_of_a_csv_file_counts(listed):
    assert symbols(listed('"MSFT",Microsoft,12\nAAPL,"Apple, Inc."\n')) == ["MSFT", "AAPL"]


def test_heading_of_a_csv_file_is_no_symbol(listed):
    assert symbols(listed("Symbol,Name\nMSFT,Microsoft\n")) == ["MSFT"]


def test_comments_are_passed_over(listed):
    assert symbols(listed("# mine\nMSFT # the first\n#AAPL\nIBM\n")) == ["MSFT", "IBM"]


def test_file_of_a_spreadsheet_with_a_byte_order_mark_is_read(listed):
    assert symbols(listed("MSFT\r\nAAPL\r\n", "utf-8-sig")) == ["MSFT", "AAPL"]


def test_class_of_shares_is_written_as_bridges_do(listed):
    assert symbols(listed("BRK.B\nBF B\n")) == ["BRK B", "BF B"]


def test_symbol_named_twice_is_listed_once(listed):
    assert symbols(listed("AAPL\nMSFT\naapl\n")) == ["AAPL", "MSFT"]


def test_wrong_line_is_named_by_its_number_and_text(listed):
    with pytest.raises(InvalidValue, match=r"mine\.txt, line 3: 'A\?B' is not legal"):
        listed("AAPL\n\nA?B\n")


def test_control_codes_in_a_file_do_not_reach_the_message(listed):
    with pytest.raises(InvalidValue) as refused:
        listed("\x1b[2J\n")
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_file_without_a_symbol_is_refused(listed, text):
    with pytest.raises(InvalidValue, match="names no symbol"):
        listed(text)


def test_file_that_does_not_exist_is_refused_in_a_line(tmp_path):
    with pytest.raises(InvalidValue, match="can not be read") as refused:
        load_watchlist(tmp_path / "none.txt")
    assert "\n" not in str(refused.value)


def test_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "image.png"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(InvalidValue, match="can not be read"):
        load_watchlist(path)


def test_list_longer_than_any_bridge_would_serve_is_refused(listed):
    with pytest.raises(InvalidValue, match="at most 5000"):
        listed("\n".join(f"S{number}" for number in range(5001)))
