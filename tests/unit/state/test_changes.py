from __future__ import annotations

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


class Interrupted(set):
    """A set into which the writer marks something whenever the reader touches it."""

    def __init__(self, marks):
        super().__init__()
        self.marks = list(marks)

    def _interrupt(self):
        if self.marks:
            self.add(self.marks.pop())

    def pop(self):
        self._interrupt()
        taken = super().pop()
        self._interrupt()
        return taken

    def clear(self):
        self._interrupt()
        super().clear()

    def copy(self):
        self._interrupt()
        return super().copy()


def test_mark_made_while_the_reader_takes_is_taken_now_or_next_time():
    marks = {f"S{number}" for number in range(7)}
    dirty = Interrupted(marks)
    changes = Changes(quotes=dirty)
    dirty.add("A")
    taken: set[str] = set()

    takings = 0
    while changed := changes.take().quotes:
        taken |= changed
        takings += 1

    assert taken == {"A", *marks}
    assert takings > 1


def test_busy_writer_does_not_keep_the_reader():
    dirty = Interrupted(f"S{number}" for number in range(10_000))
    changes = Changes(quotes=dirty)
    dirty.add("A")

    changes.take()

    assert dirty.marks
