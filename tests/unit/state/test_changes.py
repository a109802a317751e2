from __future__ import annotations

import sys
import threading

from workstation.state.changes import Changes, ChangeSet, OrderKey, SessionFacet


def test_taking_gives_what_was_marked_since_the_last_taking():
    changes = Changes()
    changes.quotes.update(("A", "B"))
    changes.orders.add(OrderKey(1, 2))
    changes.session.add(SessionFacet.FARMS)

    taken = changes.take()

    assert taken.quotes == {"A", "B"}
    assert taken.orders == {OrderKey(1, 2)}
    assert taken.session == {SessionFacet.FARMS}
    assert changes.take() == ChangeSet(*(frozenset() for _ in ChangeSet.__slots__))


def test_change_set_is_false_when_nothing_changed():
    changes = Changes()
    assert not changes.take()

    changes.market_rules.add(26)
    assert changes.take()


def test_mark_made_while_the_reader_takes_is_not_lost():
    """One thread writes a value and marks it, the other takes and reads: the last value arrives."""
    changes, values, rounds = Changes(), {}, 30_000
    seen: dict[str, int] = {}
    keys = [f"S{number}" for number in range(7)]

    def write():
        for number in range(rounds):
            key = keys[number % len(keys)]
            values[key] = number
            changes.quotes.add(key)

    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        writer = threading.Thread(target=write)
        writer.start()
        while writer.is_alive():
            for key in changes.take().quotes:
                seen[key] = values[key]
        writer.join()
    finally:
        sys.setswitchinterval(switching)
    for key in changes.take().quotes:
        seen[key] = values[key]

    assert seen == values
    assert max(seen.values()) == rounds - 1
