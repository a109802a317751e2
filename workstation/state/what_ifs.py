"""What-ifs: questions what an order would cost, and their answers.

Owns them apart from the orders, so that a question can never be taken for a working order.
"""

from __future__ import annotations

from msgspec.structs import replace

from workstation.model import Contract, Order, OrderState
from workstation.state.changes import OrderKey
from workstation.state.live_order import WhatIf

__all__ = ["WhatIfs"]

_KEPT = 256


class WhatIfs:
    """The latest questions.

    Args:
        dirty: where the keys of changed questions go.
    """

    def __init__(self, dirty: set[OrderKey]) -> None:
        self._dirty = dirty
        self._questions: dict[OrderKey, WhatIf] = {}

    def get(self, key: OrderKey) -> WhatIf | None:
        """A question and its answer, if any; None when it was not asked, or long ago."""
        return self._questions.get(key)

    def all(self) -> tuple[WhatIf, ...]:
        """The questions, oldest first."""
        return tuple(self._questions.values())

    def is_waiting(self, key: OrderKey) -> bool:
        """Whether a question was asked and not answered."""
        question = self._questions.get(key)
        return question is not None and not question.is_answered

    def asked(self, key: OrderKey, contract: Contract, order: Order, time_ns: int) -> None:
        """Keep a question; asked again, it waits for an answer again."""
        self._questions.pop(key, None)
        while len(self._questions) >= _KEPT:
            del self._questions[next(iter(self._questions))]
        self._keep(WhatIf(key=key, contract=contract, order=order, asked_ns=time_ns))

    def answered(self, key: OrderKey, state: OrderState) -> None:
        """Keep an answer; one to a question that nobody here asked is dropped."""
        question = self._questions.get(key)
        if question is not None and question.state != state:
            self._keep(replace(question, state=state))

    def refused(self, key: OrderKey, code: int, text: str) -> None:
        """Keep a refusal."""
        question = self._questions.get(key)
        if question is not None:
            self._keep(replace(question, code=code, text=text))

    def _keep(self, question: WhatIf) -> None:
        self._questions[question.key] = question
        self._dirty.add(question.key)
