"""Sender: what requests need of the program that makes them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext

from workstation.protocol.message import Request

__all__ = ["Sender"]


class Sender(ABC):
    """Whoever brings requests on their way and gives them their ids."""

    @property
    def turn(self) -> AbstractContextManager[object]:
        """Held from giving an id until the request is on its way; others wait for their turn."""
        return nullcontext()

    @abstractmethod
    def new_id(self) -> int:
        """An id no request or order has had on this connection."""

    @abstractmethod
    def send(self, request: Request) -> None:
        """Bring a request on its way to the Bridge."""

    def _send_keyed(self, cls: type[Request], **fields: object) -> int:
        with self.turn:
            request_id = self.new_id()
            self.send(cls(request_id=request_id, **fields))
        return request_id
