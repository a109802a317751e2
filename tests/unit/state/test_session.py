from __future__ import annotations

import pytest

from workstation.protocol import catalog
from workstation.state.changes import SessionFacet
from workstation.state.picture import Picture
from workstation.state.session import (
    BridgeConnected,
    BridgeConnecting,
    BridgeDisconnected,
    ConnectionStage,
    Farm,
    FarmKind,
    FarmState,
    TradingMode,
    trading_mode,
)


def info(code, text="", request_id=-1):
    return catalog.InfoMessage(request_id=request_id, code=code, text=text)


def accounts(*names):
    return catalog.ManagedAccounts(accounts=names)


@pytest.mark.parametrize(
    ("names", "mode"),
    [
        ((), TradingMode.UNKNOWN),
        (("DSIM1",), TradingMode.SIMULATED),
        (("DSIM1", "DSIM2"), TradingMode.SIMULATED),
        (("DU123",), TradingMode.PAPER),
        (("DU123", "DF77"), TradingMode.PAPER),
        (("DSIM1", "DU123"), TradingMode.PAPER),
        (("U123",), TradingMode.LIVE),
        (("DSIM1", "U123"), TradingMode.LIVE),
        (("DU123", "U123"), TradingMode.LIVE),
        (("du123",), TradingMode.LIVE),
        (("",), TradingMode.LIVE),
    ],
)
def test_mode_is_told_by_every_managed_account(names, mode):
    assert trading_mode(names) is mode


def test_stages_of_a_connection():
    picture = Picture()
    session = picture.session
    assert session.stage is ConnectionStage.DISCONNECTED

    picture.apply(BridgeConnecting(), 1)
    assert session.stage is ConnectionStage.CONNECTING

    picture.apply(BridgeConnected(server_version=178), 2)
    assert session.stage is ConnectionStage.CONNECTED
    assert session.server_version == 178

    picture.apply(BridgeDisconnected(reason="the Bridge hung up"), 3)
    assert session.stage is ConnectionStage.DISCONNECTED
    assert session.loss_reason == "the Bridge hung up"

    picture.apply(BridgeConnected(server_version=178), 4)
    assert session.loss_reason == ""


def test_client_id_is_the_one_it_started_with(picture):
    assert picture.session.client_id == 7


def test_accounts_of_an_earlier_connection_say_nothing_about_the_next(picture, tell):
    assert picture.session.mode is TradingMode.SIMULATED

    tell(BridgeDisconnected(reason="gone"))
    assert picture.session.mode is TradingMode.SIMULATED

    tell(BridgeConnected(server_version=178))
    assert picture.session.mode is TradingMode.UNKNOWN

    tell(accounts("U123"))
    assert picture.session.mode is TradingMode.LIVE


@pytest.mark.parametrize("lost", [1100, 2110])
@pytest.mark.parametrize("restored", [1101, 1102])
def test_bridge_loses_and_regains_its_servers(picture, tell, lost, restored):
    tell(info(lost))
    assert picture.session.stage is ConnectionStage.BRIDGE_LOST

    tell(info(restored))
    assert picture.session.stage is ConnectionStage.CONNECTED


@pytest.mark.parametrize(
    ("code", "text", "farm", "state"),
    [
        (2103, "is broken:usfarm.nj", Farm(FarmKind.MARKET_DATA, "usfarm.nj"), FarmState.BROKEN),
        (2104, "is OK:usfarm.nj", Farm(FarmKind.MARKET_DATA, "usfarm.nj"), FarmState.OK),
        (2105, "is broken:ushmds", Farm(FarmKind.HISTORY, "ushmds"), FarmState.BROKEN),
        (2106, "is OK:ushmds", Farm(FarmKind.HISTORY, "ushmds"), FarmState.OK),
        (
            2107,
            "is inactive but should be available upon demand.ushmds",
            Farm(FarmKind.HISTORY, "ushmds"),
            FarmState.INACTIVE,
        ),
        (
            2108,
            "is inactive but should be available upon demand.usfuture",
            Farm(FarmKind.MARKET_DATA, "usfuture"),
            FarmState.INACTIVE,
        ),
        (2119, "is connecting:usfarm", Farm(FarmKind.MARKET_DATA, "usfarm"), FarmState.CONNECTING),
        (2157, "is broken:secdefnj", Farm(FarmKind.DEFINITIONS, "secdefnj"), FarmState.BROKEN),
        (2158, "is OK:secdefnj", Farm(FarmKind.DEFINITIONS, "secdefnj"), FarmState.OK),
    ],
)
def test_farm_says_how_it_does(picture, tell, code, text, farm, state):
    tell(info(code, text))

    assert picture.session.farms == {farm: state}
    assert SessionFacet.FARMS in picture.changes.take().session


def test_market_data_is_as_good_as_its_worst_farm(picture, tell):
    session = picture.session
    assert session.market_data_state is None

    tell(info(2104, "is OK:usfarm"), info(2105, "is broken:ushmds"))
    assert session.market_data_state is FarmState.OK

    tell(info(2108, "available upon demand.usfuture"))
    assert session.market_data_state is FarmState.OK

    tell(info(2119, "is connecting:eufarm"))
    assert session.market_data_state is FarmState.CONNECTING

    tell(info(2103, "is broken:usfarm"))
    assert session.market_data_state is FarmState.BROKEN

    tell(info(2104, "is OK:usfarm"), info(2104, "is OK:eufarm"))
    assert session.market_data_state is FarmState.OK


def test_farms_of_an_earlier_connection_are_forgotten(picture, tell):
    tell(info(2104, "is OK:usfarm"), BridgeConnected(server_version=178))

    assert picture.session.farms == {}


def test_bridge_in_read_only_mode_is_noted_until_the_next_connection(picture, tell):
    text = "Error validating request: the API interface is currently in Read-Only mode."
    tell(info(321, text, request_id=5))
    assert picture.session.read_only_bridge

    tell(BridgeConnected(server_version=178))
    assert not picture.session.read_only_bridge


def test_other_failed_validation_does_not_make_the_bridge_read_only(picture, tell):
    tell(info(321, "Error validating request: size is wrong", request_id=5))

    assert not picture.session.read_only_bridge


def test_notices_are_kept_in_order_and_bounded(picture, tell):
    tell(*(info(2104, f"is OK:farm{number}") for number in range(501)))

    notices = picture.session.notices
    assert len(notices) == 500
    assert notices[0].text == "is OK:farm1"
    assert notices[-1].text == "is OK:farm500"
    assert SessionFacet.NOTICES in picture.changes.take().session


def test_facets_that_changed_are_marked(picture, tell):
    tell(accounts("DSIM1"))
    assert not picture.changes.take()

    tell(accounts("DSIM1", "DSIM2"))
    assert picture.changes.take().session == {SessionFacet.ACCOUNTS}

    tell(info(1100))
    assert picture.changes.take().session == {SessionFacet.CONNECTION, SessionFacet.NOTICES}
