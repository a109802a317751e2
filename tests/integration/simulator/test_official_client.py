"""The official client trades on the simulated Bridge, unchanged."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.model.indexes import SP500

ibapi = pytest.importorskip("ibapi", reason="the extra `witness` is not installed")

from ibapi.const import UNSET_DOUBLE  # noqa: E402  it may be missing
from ibapi.execution import ExecutionFilter  # noqa: E402
from ibapi.order_cancel import OrderCancel  # noqa: E402
from official_client import TIMEOUT_SECONDS, OfficialClient, order, stock  # noqa: E402


@pytest.fixture
def connect():
    clients = []

    def connect(bridge, client_id=1):
        clients.append(OfficialClient(bridge.port, client_id))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


@pytest.fixture
def client(serve, connect):
    client = connect(serve(pacing=False))
    (client.first_id,) = client.wait_for("nextValidId")
    return client


def quote_of(client, request_id, symbol):
    client.reqMktData(request_id, stock(symbol), "", False, False, [])
    _, _, bid, _ = client.wait_for("tickPrice", lambda r, kind, *_: (r, kind) == (request_id, 1))
    _, _, ask, _ = client.wait_for("tickPrice", lambda r, kind, *_: (r, kind) == (request_id, 2))
    return bid, ask


def child(made):
    made.parentId = 1
    return made


def test_it_agrees_on_a_text_version_and_learns_the_account(serve, connect):
    client = connect(serve())
    assert client.wait_for("managedAccounts") == ("DSIM0001",)
    assert client.serverVersion() == 200


def test_contract_details_name_the_stock(client):
    client.reqContractDetails(1, stock("AAPL"))
    ((_, details),) = client.collect("contractDetails", "contractDetailsEnd")
    assert (details.contract.symbol, details.contract.primaryExchange) == ("AAPL", "NASDAQ")
    assert details.contract.conId > 0
    assert details.minTick == 0.01
    assert "Apple" in details.longName


def test_no_such_contract_is_error_200(client):
    client.reqContractDetails(1, stock("NOSUCH"))
    request_id, _, code, *_ = client.wait_for("error", lambda r, *_: r == 1)
    assert (request_id, code) == (1, 200)


def test_ninety_symbols_stream(client):
    symbols = SP500().symbols[:90]
    for request_id, symbol in enumerate(symbols, 1):
        client.reqMktData(request_id, stock(symbol), "", False, False, [])
    seen = set()
    while len(seen) < 90:
        request_id, kind, price, _ = client.wait_for("tickPrice")
        if kind == 4:
            assert price > 0
            seen.add(request_id)


def test_the_101st_line_is_refused(serve, connect):
    client = connect(serve(lines=100, pacing=False))
    client.wait_for("nextValidId")
    for request_id, symbol in enumerate(SP500().symbols[:101], 1):
        client.reqMktData(request_id, stock(symbol), "", False, False, [])
    request_id, _, code, *_ = client.wait_for("error", lambda r, *_: r > 0)
    assert (request_id, code) == (101, 101)


def test_the_51st_message_within_a_second_is_refused(serve, connect):
    client = connect(serve(pacing=True, clock_ns=lambda: 1_795_440_000_000_000_000))
    client.wait_for("nextValidId")
    for _ in range(51):
        client.reqCurrentTime()
    *_, code, text, _ = client.wait_for("error", lambda r, t, code, *_: code == 100)
    assert code == 100
    assert "50" in text


def test_a_taken_client_id_is_error_326(serve, connect):
    bridge = serve()
    connect(bridge, 5).wait_for("nextValidId")
    *_, code, _, _ = connect(bridge, 5).wait_for("error", lambda r, t, code, *_: code == 326)
    assert code == 326


def test_an_option_chain_with_greeks(client):
    client.reqContractDetails(1, stock("AAPL"))
    ((_, details),) = client.collect("contractDetails", "contractDetailsEnd")
    client.reqSecDefOptParams(2, "AAPL", "", "STK", details.contract.conId)
    classes = client.collect(
        "securityDefinitionOptionParameter", "securityDefinitionOptionParameterEnd"
    )
    smart = next(each for each in classes if each[1] == "SMART")
    expiry = sorted(smart[5])[1]
    wanted = stock("AAPL")
    wanted.secType, wanted.lastTradeDateOrContractMonth = "OPT", expiry
    client.reqContractDetails(3, wanted)
    options = [each for _, each in client.collect("contractDetails", "contractDetailsEnd")]
    assert {each.contract.right for each in options} == {"C", "P"}
    assert {each.contract.strike for each in options} <= set(smart[6])
    calls = sorted((o for o in options if o.contract.right == "C"), key=lambda o: o.contract.strike)
    client.reqMktData(4, calls[len(calls) // 2].contract, "", False, False, [])
    _, _, _, volatility, delta, price, *_ = client.wait_for(
        "tickOptionComputation", lambda r, kind, *_: kind == 13
    )
    assert 0.05 < volatility < 2
    assert 0 < delta < 1
    assert price > 0


def option_near(client, symbol):
    """The second expiry's call in the middle of its strikes."""
    client.reqSecDefOptParams(90, symbol, "", "STK", contract_id_of(client, symbol))
    classes = client.collect(
        "securityDefinitionOptionParameter", "securityDefinitionOptionParameterEnd"
    )
    smart = next(each for each in classes if each[1] == "SMART")
    wanted = stock(symbol)
    wanted.secType, wanted.right = "OPT", "C"
    wanted.lastTradeDateOrContractMonth = sorted(smart[5])[1]
    client.reqContractDetails(91, wanted)
    options = [each.contract for _, each in client.collect("contractDetails", "contractDetailsEnd")]
    return sorted(options, key=lambda each: each.strike)[len(options) // 2]


def contract_id_of(client, symbol):
    client.reqContractDetails(92, stock(symbol))
    ((_, details),) = client.collect("contractDetails", "contractDetailsEnd")
    return details.contract.conId


def test_a_year_of_daily_bars(client):
    client.reqHistoricalData(1, stock("MSFT"), "", "1 Y", "1 day", "TRADES", 1, 1, False, [])
    bars = [bar for _, bar in client.collect("historicalData", "historicalDataEnd")]
    assert 245 <= len(bars) <= 255
    assert [bar.date for bar in bars] == sorted(bar.date for bar in bars)
    assert all(bar.low <= min(bar.open, bar.close) for bar in bars)
    assert all(bar.high >= max(bar.open, bar.close) for bar in bars)


def test_a_market_order_fills_and_is_reported(client):
    bid, ask = quote_of(client, 1, "AAPL")
    client.placeOrder(client.first_id + 10, stock("AAPL"), order("BUY", 100))
    done = client.wait_for("orderStatus", lambda i, status, *_: status == "Filled")
    assert done[2:4] == (Decimal(100), Decimal(0))
    assert bid * 0.99 < done[4] < ask * 1.01
    (report,) = client.wait_for("commissionAndFeesReport")
    assert report.commissionAndFees == 1.0
    client.reqPositions()
    ((account, contract, position, cost),) = client.collect("position", "positionEnd")
    assert (account, contract.symbol, position) == ("DSIM0001", "AAPL", Decimal(100))
    assert cost == pytest.approx(done[4] + 0.01, abs=0.001)
    client.reqExecutions(7, ExecutionFilter())
    fills = [each for _, _, each in client.collect("execDetails", "execDetailsEnd")]
    assert sum(fill.shares for fill in fills) == 100


def test_a_limit_order_works_is_changed_and_cancelled(client):
    bid, _ = quote_of(client, 1, "KO")
    order_id, low = client.first_id + 10, round(bid * 0.9, 2)
    client.placeOrder(order_id, stock("KO"), order("BUY", 10, "LMT", low))
    client.wait_for("orderStatus", lambda i, status, *_: (i, status) == (order_id, "Submitted"))
    client.placeOrder(order_id, stock("KO"), order("BUY", 10, "LMT", round(low - 0.05, 2)))
    _, _, changed, _ = client.wait_for("openOrder")
    assert changed.lmtPrice == round(low - 0.05, 2)
    client.reqOpenOrders()
    (mine,) = client.collect("openOrder", "openOrderEnd")
    assert mine[0] == order_id
    client.cancelOrder(order_id, OrderCancel())
    client.wait_for("orderStatus", lambda i, status, *_: (i, status) == (order_id, "Cancelled"))
    *_, code, _, _ = client.wait_for("error", lambda r, *_: r == order_id)
    assert code == 202


def test_a_limit_order_never_fills_through_its_limit(client):
    _, ask = quote_of(client, 1, "MSFT")
    limit = round(ask + 1, 2)
    client.placeOrder(client.first_id + 10, stock("MSFT"), order("BUY", 30, "LMT", limit))
    _, _, fill = client.wait_for("execDetails")
    assert fill.price <= limit


def test_a_change_that_meets_the_market_fills_the_order(client):
    bid, ask = quote_of(client, 1, "KO")
    order_id = client.first_id + 10
    client.placeOrder(order_id, stock("KO"), order("BUY", 10, "LMT", round(bid * 0.9, 2)))
    client.wait_for("orderStatus", lambda i, status, *_: status == "Submitted")
    client.placeOrder(order_id, stock("KO"), order("BUY", 20, "LMT", round(ask * 1.05, 2)))
    done = client.wait_for("orderStatus", lambda i, status, *_: status == "Filled")
    assert done[:4] == (order_id, "Filled", Decimal(20), Decimal(0))
    client.cancelOrder(order_id, OrderCancel())
    assert client.wait_for("error", lambda r, *_: r == order_id)[2] == 161


def test_ids_that_are_used_or_unknown_are_refused(client):
    low = order("BUY", 1, "LMT", 1.0)
    client.placeOrder(client.first_id + 10, stock("KO"), low)
    client.wait_for("orderStatus", lambda i, status, *_: status == "Submitted")
    client.placeOrder(client.first_id + 9, stock("KO"), low)
    assert client.wait_for("error", lambda r, *_: r == client.first_id + 9)[2] == 103
    client.cancelOrder(client.first_id + 99, OrderCancel())
    assert client.wait_for("error", lambda r, *_: r == client.first_id + 99)[2] == 10147
    client.reqIds(-1)
    assert client.wait_for("nextValidId") == (client.first_id + 11,)


def test_options_are_bought_at_what_is_offered(client):
    chosen = option_near(client, "AAPL")
    client.placeOrder(client.first_id + 10, chosen, order("BUY", 3))
    _, contract, fill = client.wait_for("execDetails")
    assert (contract.secType, contract.right, contract.multiplier) == ("OPT", "C", "100")
    (report,) = client.wait_for("commissionAndFeesReport")
    assert report.commissionAndFees == 1.95
    client.reqPositions()
    ((_, _, position, cost),) = client.collect("position", "positionEnd")
    assert position == 3
    assert cost == pytest.approx(fill.price * 100 + 0.65)


def test_a_round_trip_realises_its_profit(client):
    client.placeOrder(client.first_id + 10, stock("KO"), order("BUY", 100))
    client.wait_for("orderStatus", lambda i, status, *_: status == "Filled")
    (bought,) = client.wait_for("commissionAndFeesReport")
    assert bought.realizedPNL == UNSET_DOUBLE
    client.placeOrder(client.first_id + 11, stock("KO"), order("SELL", 100))
    client.wait_for("orderStatus", lambda i, status, *_: status == "Filled")
    (sold,) = client.wait_for("commissionAndFeesReport")
    client.reqExecutions(7, ExecutionFilter())
    fills = [each for _, _, each in client.collect("execDetails", "execDetailsEnd")]
    assert [fill.side for fill in fills] == ["BOT", "SLD"]
    earned = 100 * (fills[1].price - fills[0].price) - 2
    assert sold.realizedPNL == pytest.approx(earned, abs=0.005)
    client.reqPnL(8, "DSIM0001", "")
    _, daily, _, realized = client.wait_for("pnl")
    assert daily == pytest.approx(earned, abs=0.005)
    assert realized == pytest.approx(earned, abs=0.005)
    client.reqPositions()
    assert client.collect("position", "positionEnd") == []


def test_account_updates_carry_values_and_holdings(client):
    client.placeOrder(client.first_id + 10, stock("KO"), order("BUY", 100))
    client.wait_for("orderStatus", lambda i, status, *_: status == "Filled")
    client.reqAccountUpdates(True, "")
    values, held = {}, []
    while True:
        name, arguments = client.heard.get(timeout=TIMEOUT_SECONDS)
        if name == "updateAccountValue":
            values[arguments[0]] = arguments[1]
        elif name == "updatePortfolio":
            held.append(arguments)
        elif name == "accountDownloadEnd":
            break
    ((contract, position, price, value, *_),) = held
    assert (contract.symbol, position) == ("KO", Decimal(100))
    assert value == pytest.approx(100 * price)
    assert float(values["TotalCashValue"]) < 1_000_000
    assert float(values["NetLiquidation"]) == pytest.approx(
        float(values["TotalCashValue"]) + float(values["GrossPositionValue"])
    )


def test_a_snapshot_ends_and_takes_no_line(serve, connect):
    client = connect(serve(lines=1, pacing=False))
    client.wait_for("nextValidId")
    for request_id in (1, 2):
        client.reqMktData(request_id, stock("AAPL"), "", True, False, [])
        assert client.wait_for("tickSnapshotEnd") == (request_id,)
    bid, ask = quote_of(client, 3, "AAPL")
    assert 0 < bid <= ask


def test_a_stop_waits_until_it_is_reached(client):
    bid, _ = quote_of(client, 1, "JPM")
    waiting = order("SELL", 5, "STP", stop=round(bid * 0.9, 2))
    client.placeOrder(client.first_id + 10, stock("JPM"), waiting)
    client.wait_for("orderStatus", lambda i, status, *_: status == "PreSubmitted")
    through = order("SELL", 5, "STP LMT", limit=round(bid * 0.9, 2), stop=round(bid * 1.1, 2))
    client.placeOrder(client.first_id + 11, stock("JPM"), through)
    client.wait_for(
        "orderStatus", lambda i, status, *_: (i, status) == (client.first_id + 11, "Filled")
    )


def test_a_large_order_fills_in_parts(client):
    quote_of(client, 1, "KO")
    client.placeOrder(client.first_id + 10, stock("KO"), order("BUY", 10_000))
    filled = []
    while not filled or filled[-1] < 10_000:
        _, _, fill = client.wait_for("execDetails")
        filled.append(fill.cumQty)
    assert len(filled) > 1
    assert filled == sorted(filled)


def test_a_what_if_tells_margin_and_trades_nothing(client):
    quote_of(client, 1, "AAPL")
    question = order("BUY", 100)
    question.whatIf = True
    client.placeOrder(client.first_id + 10, stock("AAPL"), question)
    _, _, _, state = client.wait_for("openOrder")
    assert float(state.initMarginChange) > 0
    assert state.commissionAndFees == 1.0
    client.reqAllOpenOrders()
    assert client.collect("openOrder", "openOrderEnd") == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (order("BUY", 10, "LMT", 100.005), 110),
        (order("BUY", 10, "VOL"), 387),
        (order("BUY", 1_000_000), 201),
        (order("BUY", 10, tif="GTX"), 321),
        (child(order("BUY", 10)), 135),
    ],
    ids=[
        *("off the tick grid", "type not simulated", "insufficient funds", "time in force"),
        "child of nobody",
    ],
)
def test_wrong_orders_are_refused_with_the_code_of_tws(client, wrong, code):
    client.placeOrder(client.first_id + 10, stock("AAPL"), wrong)
    _, _, told, *_ = client.wait_for("error", lambda r, *_: r == client.first_id + 10)
    assert told == code


def test_global_cancel_takes_everybodys_orders(serve, connect):
    bridge = serve(pacing=False)
    one, two = connect(bridge, 1), connect(bridge, 2)
    (first_id,) = one.wait_for("nextValidId")
    two.wait_for("nextValidId")
    one.placeOrder(first_id + 1, stock("KO"), order("BUY", 1, "LMT", 1.0))
    one.wait_for("orderStatus", lambda i, status, *_: status == "Submitted")
    two.reqAllOpenOrders()
    assert len(two.collect("openOrder", "openOrderEnd")) == 1
    two.reqGlobalCancel(OrderCancel())
    one.wait_for("orderStatus", lambda i, status, *_: status == "Cancelled")


def test_account_summary_and_profit(client):
    client.reqAccountSummary(1, "All", "NetLiquidation,BuyingPower")
    values = client.collect("accountSummary", "accountSummaryEnd")
    assert {each[2]: each[3] for each in values} == {
        "NetLiquidation": "1000000.00",
        "BuyingPower": "4000000.00",
    }
    client.reqPnL(2, "DSIM0001", "")
    assert client.wait_for("pnl")[0] == 2


def test_what_is_not_simulated_is_refused(client):
    client.reqWshMetaData(9)
    _, _, code, *_ = client.wait_for("error", lambda r, t, code, *_: code in (320, 321))
    assert code in (320, 321)
    client.reqCurrentTime()
    assert client.wait_for("currentTime")[0] > 0
