from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.protocol import catalog
from workstation.state.session import BridgeDisconnected


def value(key, text, currency="USD", account="DSIM1"):
    return catalog.AccountValue(key=key, value=text, currency=currency, account=account)


@pytest.fixture
def account(picture):
    return lambda: picture.accounts.get("DSIM1")


def test_values_are_kept_by_key_and_currency(picture, tell, account):
    tell(value("CashBalance", "100.5"), value("CashBalance", "20", "EUR"))

    assert account().text("CashBalance", "USD") == "100.5"
    assert account().amount("CashBalance", "EUR") == 20
    assert account().text("CashBalance", "CHF") is None
    assert account().values() == (
        ("CashBalance", "USD", "100.5"),
        ("CashBalance", "EUR", "20"),
    )
    assert picture.changes.take().accounts == {"DSIM1"}


def test_base_currency_is_taken_where_none_is_asked_for(tell, account):
    tell(value("CashBalance", "20", "EUR"), value("CashBalance", "122.5", "BASE"))

    assert account().amount("CashBalance") == Decimal("122.5")


def test_repeat_changes_nothing(picture, tell):
    tell(value("NetLiquidation", "1000"))
    picture.changes.take()

    tell(value("NetLiquidation", "1000"))

    assert not picture.changes.take()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("NetLiquidation", "net_liquidation"),
        ("TotalCashValue", "total_cash"),
        ("BuyingPower", "buying_power"),
        ("AvailableFunds", "available_funds"),
        ("ExcessLiquidity", "excess_liquidity"),
        ("InitMarginReq", "initial_margin"),
        ("MaintMarginReq", "maintenance_margin"),
    ],
)
@pytest.mark.parametrize("source", ["account_value", "account_summary"])
def test_well_known_values_have_names(tell, account, key, name, source):
    if source == "account_value":
        tell(value(key, "1000.25"))
    else:
        tell(
            catalog.AccountSummary(
                request_id=1, account="DSIM1", tag=key, value="1000.25", currency="USD"
            )
        )

    assert getattr(account(), name) == Decimal("1000.25")


def test_values_never_told_are_none(tell, account):
    tell(value("AccountType", "INDIVIDUAL", ""))

    assert account().net_liquidation is None
    assert account().currency == ""


@pytest.mark.parametrize("text", ["INDIVIDUAL", "", "NaN", "Infinity"])
def test_text_is_no_amount(tell, account, text):
    tell(value("NetLiquidation", text))

    assert account().net_liquidation is None


def test_accounts_own_currency_is_that_of_its_worth(tell, account):
    tell(value("NetLiquidation", "1", "BASE"), value("NetLiquidation", "1", "CHF"))

    assert account().currency == "CHF"


def test_accounts_are_told_apart(picture, tell):
    tell(value("NetLiquidation", "1"), value("NetLiquidation", "2", account="DSIM2"))

    assert [a.net_liquidation for a in picture.accounts.all()] == [1, 2]


def test_account_is_complete_when_the_bridge_says_so(picture, tell, account):
    tell(value("NetLiquidation", "1"))
    assert not account().is_complete
    picture.changes.take()

    tell(catalog.AccountDownloadEnd(account="DSIM1"), catalog.AccountUpdateTime(time="14:05"))
    assert account().is_complete
    assert account().updated == "14:05"
    assert picture.changes.take().accounts == {"DSIM1"}


def test_profit_and_loss_go_to_the_account_that_was_asked_about(picture, tell, account):
    tell(
        catalog.RequestPnl(request_id=3, account="DSIM1"),
        catalog.Pnl(request_id=3, daily_pnl=-5.0, unrealized_pnl=7.0, realized_pnl=1.0),
        catalog.Pnl(request_id=4, daily_pnl=99.0),
    )

    assert account().pnl == (-5.0, 7.0, 1.0)
    assert picture.changes.take().accounts == {"DSIM1"}


def test_repeated_profit_changes_nothing(picture, tell):
    pnl = catalog.Pnl(request_id=3, daily_pnl=-5.0)
    tell(catalog.RequestPnl(request_id=3, account="DSIM1"), pnl)
    picture.changes.take()

    tell(pnl)

    assert not picture.changes.take()


@pytest.mark.parametrize("end", [catalog.CancelPnl(request_id=3), BridgeDisconnected(reason="x")])
def test_figures_of_an_ended_request_are_ignored(tell, account, end):
    tell(
        value("NetLiquidation", "1"),
        catalog.RequestPnl(request_id=3, account="DSIM1"),
        end,
        catalog.Pnl(request_id=3, daily_pnl=-5.0),
    )

    assert account().pnl.daily is None
