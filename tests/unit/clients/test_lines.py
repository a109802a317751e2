"""The line budget: who streams when not all may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workstation.clients.lines import LineBudget, Priority
from workstation.model import Contract, Stock


def stocks(*symbols: str) -> list[Contract]:
    return [Stock(symbol) for symbol in symbols]


def budget(lines: int, snapshots: int = 2) -> LineBudget:
    return LineBudget(lines, lambda contract: contract.symbol, snapshots)


def carry_out(budget: LineBudget, first_id: int = 1) -> dict[str, int]:
    """Do what the plan says, as a client does; gives ids of what was started."""
    plan = budget.plan()
    for line in plan.stop:
        budget.ended(line.request_id)
    ids = {}
    for number, contract in enumerate(plan.start, first_id):
        budget.started(contract, number)
        ids[contract.symbol] = number
    for number, contract in enumerate(plan.snapshots, first_id + 1000):
        budget.started(contract, number, snapshot=True)
        ids[contract.symbol] = number
    return ids


def test_everything_streams_while_there_are_lines():
    lines = budget(10)
    lines.want("watchlist", Priority.VISIBLE, stocks("A", "B", "C"))
    assert [c.symbol for c in lines.plan().start] == ["A", "B", "C"]
    assert lines.plan().snapshots == ()


def test_two_who_want_the_same_share_a_line():
    lines = budget(10)
    lines.want("watchlist", Priority.VISIBLE, stocks("A", "B"))
    lines.want("actor", Priority.ACTOR, stocks("B"))
    assert sorted(c.symbol for c in lines.plan().start) == ["A", "B"]


def test_positions_come_before_rows_of_a_watchlist():
    lines = budget(3, snapshots=0)
    lines.want("watchlist", Priority.VISIBLE, stocks("A", "B", "C"))
    carry_out(lines)
    lines.want("positions", Priority.POSITION, stocks("P"))
    plan = lines.plan()
    assert [c.symbol for c in plan.start] == ["P"]
    assert [line.contract.symbol for line in plan.stop] == ["C"]


def test_a_line_goes_when_nobody_wants_it():
    lines = budget(3)
    lines.want("chain", Priority.CHAIN, stocks("A"))
    ids = carry_out(lines)
    lines.want("chain", Priority.CHAIN, [])
    assert [line.request_id for line in lines.plan().stop] == [ids["A"]]


def test_the_rest_is_taken_in_turn_by_snapshot():
    lines = budget(4, snapshots=2)
    lines.want("watchlist", Priority.REST, stocks("A", "B", "C", "D", "E", "F"))
    seen: list[str] = []
    for step in range(4):
        plan = lines.plan()
        ids = carry_out(lines, 100 * (step + 1))
        for contract in plan.snapshots:
            seen.append(contract.symbol)
            lines.ended(ids[contract.symbol])
    assert seen == ["C", "D", "E", "F", "C", "D", "E", "F"]


def test_a_refused_line_lowers_the_budget_to_what_the_bridge_gives():
    lines = budget(4, snapshots=0)
    lines.want("watchlist", Priority.VISIBLE, stocks("A", "B", "C", "D"))
    ids = carry_out(lines)
    lines.too_many(ids["D"])
    assert lines.lines == 3
    assert lines.in_use == 3


def test_an_instrument_without_quotes_is_not_asked_for_again():
    lines = budget(4)
    lines.want("watchlist", Priority.VISIBLE, stocks("A", "X"))
    ids = carry_out(lines)
    lines.refused(ids["X"])
    assert lines.plan().start == ()
    lines.forget_lines()
    assert [c.symbol for c in lines.plan().start] == ["A", "X"]


@given(
    st.integers(1, 12),
    st.lists(
        st.tuples(
            st.sampled_from(["watchlist", "chain", "positions", "actor"]),
            st.sampled_from(list(Priority)),
            st.lists(st.sampled_from("ABCDEFGHIJKLMNOP"), unique=True),
        ),
        max_size=12,
    ),
)
def test_the_budget_is_never_exceeded(size, wishes):
    lines = budget(size, 3)
    first_id = 1
    for owner, priority, symbols in wishes:
        lines.want(owner, priority, stocks(*symbols))
        carry_out(lines, first_id)
        first_id += 5000
        assert lines.in_use <= size
        wanted = lines.wanted()
        if len(wanted) <= size - lines.snapshots_at_once:
            assert all(lines.has_line(key) for key in wanted)
