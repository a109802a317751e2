from __future__ import annotations

from collections.abc import Callable

import pytest

from workstation.protocol import catalog
from workstation.state.picture import Picture
from workstation.state.session import BridgeConnected


@pytest.fixture
def picture():
    """A picture of client 7 on a simulated account, with nothing marked as changed."""
    picture = Picture()
    picture.apply(BridgeConnected(server_version=178), 1)
    picture.apply(catalog.StartApi(client_id=7), 1)
    picture.apply(catalog.ManagedAccounts(accounts=("DSIM1",)), 1)
    picture.changes.take()
    return picture


@pytest.fixture
def tell(picture) -> Callable[..., None]:
    """Apply messages, a second apart unless a time is given."""
    now = [1_000_000_000_000]

    def tell(*messages, at=None):
        for message in messages:
            now[0] = at if at is not None else now[0] + 1_000_000_000
            picture.apply(message, now[0])

    return tell
