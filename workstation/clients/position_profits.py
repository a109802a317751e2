"""Position profits: a stream of profit and loss for every position that is held.

Owns which positions are followed. One is asked for when something is held, and ended when the
stream itself has told what remained after the last share went. Leaves sending, and asking again
after a lost connection, to the client, and the figures to the picture.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from workstation.errors import EncodeError, NotConnected
from workstation.protocol.catalog import (
    CancelPnlSingle,
    PnlSingle,
    PortfolioValue,
    PositionData,
    RequestPnlSingle,
)
from workstation.protocol.message import Request
from workstation.state.changes import PositionKey
from workstation.state.picture import Picture

__all__ = ["PositionProfits"]

logger = logging.getLogger(__name__)


class PositionProfits:
    """The streams of one client; every method is called after the picture took the message.

    Args:
        picture: what is held.
        new_id: gives an id that no request has had.
        send: sends a request, or raises NotConnected or EncodeError.
    """

    def __init__(
        self, picture: Picture, new_id: Callable[[], int], send: Callable[[Request], None]
    ) -> None:
        self._picture = picture
        self._new_id = new_id
        self._send = send
        self._keys: dict[int, PositionKey] = {}

    def position_told(self, message: PositionData | PortfolioValue) -> None:
        """Follow a position that is held, unless that is done already."""
        contract = message.contract
        key = PositionKey(message.account, self._picture.contracts.key(contract))
        if not message.position or not contract.contract_id or key in self._keys.values():
            return
        try:
            request_id = self._new_id()
            self._send(
                RequestPnlSingle(
                    request_id=request_id,
                    account=message.account,
                    contract_id=contract.contract_id,
                )
            )
        except (NotConnected, EncodeError) as error:
            logger.info("no profit and loss of %s: %s", contract, error)
        else:
            self._keys[request_id] = key

    def profit_told(self, message: PnlSingle) -> None:
        """End the stream of a position that is gone; this was what remained of it."""
        key = self._keys.get(message.request_id)
        if key is None or message.position is None or message.position:
            return
        position = self._picture.positions.get(*key)
        if position is None or position.is_open:
            return
        del self._keys[message.request_id]
        try:
            self._send(CancelPnlSingle(request_id=message.request_id))
        except NotConnected as error:
            logger.info("the stream of %s ended with the connection: %s", key.instrument, error)
