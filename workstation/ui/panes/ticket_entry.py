"""Ticket entry: the form on the screen.

Owns the widgets of the fields, the words beside each, and the keys that step and fill them. Leaves
what is legal to `ticket_form` and what happens with a finished form to the ticket pane.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from workstation.model import Contract
from workstation.ui.actions import BY_ID, QUANTITY_PRESETS, bindings_of
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.ticket_fields import Choice, NumberField
from workstation.ui.panes.ticket_form import (
    ACTIONS,
    ORDER_TYPES,
    TIMES_IN_FORCE,
    Field,
    Rules,
    TicketForm,
    price_text,
    problems,
    stepped,
    stepped_quantity,
)
from workstation.ui.panes.ticket_quote import is_fresh, quote_words, starting_price
from workstation.ui.workplace import Workplace

__all__ = ["TicketEntry"]

_NUMBERS = {Field.QUANTITY: "Qty", Field.LIMIT: "Limit", Field.STOP: "Stop"}
_SIZES = tuple(f"ticket.size{number}" for number in range(1, len(QUANTITY_PRESETS) + 1))
_QUOTED = ("ticket.mid", "ticket.bid", "ticket.ask")

_PRICES = (Field.LIMIT, Field.STOP)


class TicketEntry(Vertical):
    """The fields of an order.

    Args:
        workplace: the picture and the clock.
    """

    DEFAULT_CSS = """
    TicketEntry { height: 5; }
    TicketEntry Horizontal { height: 1; }
    TicketEntry #ticket-quote { height: 1; }
    TicketEntry .ticket-label { width: 6; }
    TicketEntry .ticket-caption { width: auto; }
    TicketEntry .ticket-words { width: 1fr; height: 1; padding: 0 0 0 1; }
    TicketEntry .ticket-words { color: $text-muted; }
    TicketEntry .ticket-words.-wrong { color: $text-error; text-style: bold; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("ticket")]

    class Finished(Message):
        """Enter was pressed in the form."""

    class Edited(Message):
        """The user changed a field."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(id="ticket-entry")
        self.form: TicketForm | None = None
        self._picture = workplace.picture
        self._clock_ns = workplace.clock_ns
        self._rules = Rules()
        self._parts = 0
        """How many widgets stand in it; none before it is mounted."""

    def compose(self) -> ComposeResult:
        """The quote, the choices in a row, and a row for each number."""
        yield Static("", id="ticket-quote", markup=False)
        with Horizontal():
            yield Choice(ACTIONS, id=Field.ACTION)
            yield Static("  Type ", classes="ticket-caption")
            yield Choice(ORDER_TYPES, id=Field.ORDER_TYPE)
            yield Static("  TIF ", classes="ticket-caption")
            yield Choice(TIMES_IN_FORCE, id=Field.TIME_IN_FORCE)
        for field, label in _NUMBERS.items():
            with Horizontal():
                yield Static(label, classes="ticket-label")
                yield NumberField(id=field)
                yield Static("", id=f"words-{field}", classes="ticket-words", markup=False)

    def on_mount(self) -> None:
        """Show whatever form there is by now."""
        self._parts = len(self.walk_children())
        self._show_all()

    @property
    def problems(self) -> dict[Field, str]:
        """What is wrong with the form, by field."""
        return {} if self.form is None else problems(self.form, self._rules)

    def show(self, form: TicketForm) -> None:
        """Show another form."""
        self.form = form
        self._rules = Rules.of(form.contract, self._picture)
        if self.is_mounted:
            self._show_all()

    def take_price(self, price: float) -> None:
        """Put a price into the limit field, unless the quote it came from is stale."""
        if self.form is not None and self._may_take_price():
            self._put(Field.LIMIT, price_text(price, self._rules.increments))

    @property
    def _is_going(self) -> bool:
        """Whether any field is gone already: the screen is taken down one by one."""
        return len(self.walk_children()) < self._parts or not self._parts

    def follow(self) -> None:
        """The quote or the rules of the instrument have changed."""
        if self.form is None or self._is_going:
            return
        self._show_quote()
        rules = Rules.of(self.form.contract, self._picture)
        if rules != self._rules:
            self._rules = rules
            self._show_words()

    # Keys

    def action_price(self, which: str) -> None:
        """Take the bid, the ask or the middle between them as the price."""
        form = self.form
        if form is None or not self._may_take_price():
            return
        price = getattr(self._picture.quotes.of(form.contract), which, None)
        text = None if price is None else stepped("", 0, self._rules, price)
        field = self._price_field(form)
        if field is None:
            self._remark(f"a {form.order_type} order has no price")
        elif text is None:
            self._remark(f"there is no {which} to take")
        else:
            self._put(field, text)

    def action_quantity(self, size: int) -> None:
        """Take a preset size."""
        if self.form is not None:
            self._put(Field.QUANTITY, str(size))

    @on(NumberField.Stepped)
    def _stepped(self, event: NumberField.Stepped) -> None:
        event.stop()
        form, field = self.form, _field(event.field)
        if form is None or not form.uses(field):
            return
        text = form.text(field)
        if field is Field.QUANTITY:
            moved = stepped_quantity(text, event.count, self._rules)
        elif text.strip() or self._may_take_price():
            now = self._clock_ns()
            start = starting_price(form.contract, self._picture, form.action, now)
            moved = stepped(text, event.count, self._rules, start)
        else:
            return
        if moved is not None:
            self._put(field, moved)

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        event.stop()
        self._changed(_field(event.choice), event.word)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        field = _field(event.input)
        if self.form is not None and event.value != self.form.text(field):
            self._changed(field, event.value)

    @on(Choice.Confirmed)
    @on(Input.Submitted)
    def _finished(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Finished())

    # Showing

    def _changed(self, field: Field, text: str) -> None:
        if self.form is None:
            return
        self.form = self.form.put(field, text)
        self._show_words()
        self.post_message(self.Edited())

    def _put(self, field: Field, text: str) -> None:
        """Fill a field as if it had been typed; the cursor stands behind it."""
        self._changed(field, text)
        if self.is_mounted:
            shown = self.query_one(f"#{field}", NumberField)
            shown.value = text
            shown.cursor_position = len(text)

    def _show_all(self) -> None:
        if self._is_going:
            return
        form = self.form
        for choice in self.query(Choice):
            choice.disabled = form is None
            if form is not None:
                choice.word = form.text(_field(choice))
        for number in self.query(NumberField):
            number.value = "" if form is None else form.text(_field(number))
        self._show_quote()
        self._show_words()

    def _show_quote(self) -> None:
        form = self.form
        if form is None:
            shown = Text("choose an instrument first")
        else:
            shown = Text(quote_words(form.contract, self._picture, self._clock_ns()))
            fresh = is_fresh(form.contract, self._picture, self._clock_ns())
            self.query_one("#ticket-quote").set_class(not fresh, "-stale")
        self.query_one("#ticket-quote", Static).update(shown)

    def _show_words(self) -> None:
        """What is wrong beside each number, and which numbers this type of order has."""
        form, wrong, keys = self.form, self.problems, self._key_words()
        for field in _NUMBERS:
            used = form is not None and form.uses(field)
            told = wrong.get(field, keys.get(field, ""))
            if form is not None and not used:
                told = f"none in a {form.order_type} order"
            words = self.query_one(f"#words-{field}", Static)
            words.update(told)
            # An empty form is no mistake yet: what is missing is only told.
            is_empty = form is None or not form.text(field).strip()
            words.set_class(used and field in wrong and not is_empty, "-wrong")
            self.query_one(f"#{field}").disabled = not used

    def _key_words(self) -> dict[Field, str]:
        """What stands beside a number as long as nothing is wrong with it."""
        key_of = self.query_ancestor(Pane).key_of
        sizes = key_of(_SIZES[0], _SIZES[-1], between="…")
        prices = "/".join(BY_ID[each].brief for each in _QUOTED)
        return {
            Field.QUANTITY: " ".join((sizes, *map(str, QUANTITY_PRESETS))),
            Field.LIMIT: f"{key_of(*_QUOTED)} {prices}",
        }

    def _price_field(self, form: TicketForm) -> Field | None:
        """The price that has the focus, else the first that the type of order has."""
        used = [field for field in _PRICES if form.uses(field)]
        focused = self.screen.focused
        own = [field for field in used if focused is not None and focused.id == field]
        return next(iter((*own, *used)), None)

    def _may_take_price(self) -> bool:
        form = self.form
        if form is None:
            return False
        contract: Contract = form.contract
        if is_fresh(contract, self._picture, self._clock_ns()):
            return True
        self._remark(f"the quote of {contract} is not live: type a price")
        return False

    def _remark(self, text: str) -> None:
        self.post_message(Pane.Remark(text, "warning"))


def _field(widget: Widget) -> Field:
    """The field that a widget shows: its id is the field's name."""
    return Field(widget.id or "")
