"""ExecutionQuery: which executions a client asked for.

Owns reading a filter and comparing fills with it. Leaves keeping the fills to the order desk.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from workstation.errors import InvalidValue, RequestError
from workstation.model import ExecutionFilter
from workstation.protocol.catalog import ExecutionData
from workstation.simulator.bar_request import parse_end
from workstation.simulator.hours import NEW_YORK

__all__ = ["ExecutionQuery"]

NOT_VALID = 321

_SIDES = {"BOT": "BUY", "SLD": "SELL"}
_MOMENT = len("YYYYMMDD hh:mm:ss")
_DAY = len("YYYYMMDD")


class ExecutionQuery:
    """One filter, read once. Its empty fields ask for all.

    Args:
        wanted: the filter.
        now: seconds since 1970; `last_n_days` counts back from its day in New York.

    Raises:
        RequestError: the filter's time can not be read.
    """

    def __init__(self, wanted: ExecutionFilter, now: float) -> None:
        self._wanted = wanted
        try:
            self._since = parse_end(wanted.time)
        except InvalidValue as error:
            raise RequestError(NOT_VALID, f"Error validating request: {error}") from error
        self._days = {str(day) for day in wanted.specific_dates}
        today = datetime.fromtimestamp(now, NEW_YORK)
        for back in range(min(wanted.last_n_days or 0, 7)):
            self._days.add(f"{today - timedelta(days=back):%Y%m%d}")

    def fits(self, data: ExecutionData) -> bool:
        """Whether a fill is asked for; times of fills are New York's."""
        wanted, execution, contract = self._wanted, data.execution, data.contract
        pairs = (
            (wanted.client_id or "", execution.client_id),
            (wanted.account, execution.account),
            (wanted.symbol, contract.symbol),
            (wanted.security_type, contract.security_type),
            (wanted.exchange, execution.exchange),
            (wanted.side, _SIDES[execution.side]),
        )
        if any(asked and asked != told for asked, told in pairs):
            return False
        if self._days and execution.time[:_DAY] not in self._days:
            return False
        return self._since is None or (parse_end(execution.time[:_MOMENT]) or 0) >= self._since
