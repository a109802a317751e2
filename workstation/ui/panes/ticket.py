"""Ticket pane: where an order is written, checked and confirmed.

Owns the steps from writing to sending: Enter opens the confirmation, which asks at once what the
order would cost; Enter or the typed word there posts `Submitted`. Sends nothing itself. Leaves the
form to `ticket_entry` and `ticket_form`, the words of the confirmation to `ticket_confirmation`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from workstation.errors import OrderRefused, WorkstationError
from workstation.model import Action, Contract, Order, OrderType
from workstation.state.changes import ChangeSet, OrderKey
from workstation.state.live_order import LiveOrder
from workstation.ui.formatting import safe_text
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.ticket_confirmation import Question, confirmation, outcome_words
from workstation.ui.panes.ticket_entry import TicketEntry
from workstation.ui.panes.ticket_form import Rules, TicketForm, form_of, order_of
from workstation.ui.panes.ticket_prompt import TicketPrompt
from workstation.ui.workplace import Workplace

__all__ = ["TicketPane"]

_CHECK_SECONDS = 0.25
"""How often an open confirmation looks whether its answer is late."""


class TicketPane(Pane):
    """The order ticket."""

    NAME = "ticket"
    TITLE = "Ticket"

    DEFAULT_CSS = """
    TicketPane #ticket-status { height: auto; }
    TicketPane #ticket-hint { height: auto; color: $text-muted; }
    TicketPane.-buy { background: $success 12%; }
    TicketPane.-sell { background: $error 12%; }
    TicketPane.-asking #ticket-status { display: none; }
    TicketPane.-asking #ticket-hint { display: none; }
    """

    class Submitted(Message):
        """The user confirmed an order: send it, and tell the ticket what became of it.

        Args:
            asker: the ticket.
            contract: what to trade.
            order: the order.
            override: precautions that the user let it pass.
            order_id: the working order that it changes; None for a new one.
        """

        def __init__(
            self,
            asker: TicketPane,
            contract: Contract,
            order: Order,
            override: frozenset[str] = frozenset(),
            order_id: int | None = None,
        ) -> None:
            super().__init__()
            self.asker = asker
            self.contract = contract
            self.order = order
            self.override = override
            self.order_id = order_id

    class PreviewWanted(Message):
        """The user wants to know what an order would cost; tell the ticket under which key."""

        def __init__(self, asker: TicketPane, contract: Contract, order: Order) -> None:
            super().__init__()
            self.asker = asker
            self.contract = contract
            self.order = order

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._entry = TicketEntry(workplace)
        self._prompt = TicketPrompt()
        self._question: Question | None = None
        self._is_sending = False
        self._sent: OrderKey | None = None

    def compose(self) -> ComposeResult:
        """The form, and below it either the status or the confirmation."""
        yield self._entry
        yield Static("", id="ticket-status", markup=False)
        yield Static(self._hint(), id="ticket-hint", markup=False)
        yield self._prompt

    def on_mount(self) -> None:
        """Look after open confirmations, and follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._tint())
        self.set_interval(_CHECK_SECONDS, self._show_question)

    @property
    def form(self) -> TicketForm | None:
        """The order as it stands in the fields; None before there is an instrument."""
        return self._entry.form

    def _hint(self) -> str:
        one = self.key_of("ticket.number.up", "ticket.number.down", between="")
        ten = self.key_of("ticket.number.ten_up", "ticket.number.ten_down")
        confirm, following = self.key_of("ticket.choice.confirm"), self.key_of("focus_next")
        return f"{confirm} confirms · {following} next field · {one} one tick, {ten} ten"

    # What the app calls

    def show_instrument(self, contract: Contract) -> None:
        """Follow the selection, unless an order is being confirmed or changed."""
        form = self.form
        if self._question is not None or (form is not None and form.changes is not None):
            return
        if form is None or self._key(form.contract) != self._key(contract):
            kept = form or TicketForm(contract)
            self._show(self._new(contract, kept.action, kept.quantity, OrderType.LIMIT))

    def open(
        self,
        contract: Contract,
        action: str,
        price: float | None = None,
        *,
        quantity: Decimal | None = None,
        order_type: str = OrderType.LIMIT,
        account: str = "",
    ) -> None:
        """Start a new order and take the keys.

        Args:
            contract: what to trade.
            action: BUY or SELL.
            price: limit price; not taken from a stale quote.
            quantity: size; None keeps what stands in the form.
            order_type: MKT, LMT, STP or STP LMT.
            account: whose order; empty takes the first account where there are several.
        """
        self._end_question()
        kept = self.form.quantity if self.form is not None else ""
        size = kept if quantity is None else f"{quantity:f}"
        self._show(self._new(contract, action, size, order_type, account))
        if price is not None:
            self._entry.take_price(price)
        self.focus_content()

    def open_order(self, live: LiveOrder) -> None:
        """Change a working order, and take the keys."""
        self._end_question()
        self._show(form_of(live, Rules.of(live.contract, self.picture).increments))
        self.focus_content()

    def focus_content(self) -> None:
        """Start at the quantity, or at the confirmation while there is one."""
        field = "#quantity" if self._question is None else "#prompt-word"
        self.take_focus(self.query_one(field))

    def changed(self, changes: ChangeSet) -> None:
        """Follow the quote, the instrument's rules, the answer and the order that was sent."""
        if self.form is None:
            return
        key = self._key(self.form.contract)
        if key in changes.quotes or key in changes.contracts or changes.market_rules:
            self._entry.follow()
        if changes.orders:
            self._show_status()
        if changes.what_ifs or changes.session or key in changes.quotes:
            self._show_question()

    # What the controller answers

    def previewed(
        self,
        order: Order,
        key: OrderKey | None,
        objections: tuple[OrderRefused, ...],
        problem: str,
    ) -> None:
        """What stands against the order, and under which key its cost comes."""
        # The user may have gone back and asked about another one meanwhile.
        if self._question is not None and self._question.order is order:
            asked = replace(self._question, key=key, objections=objections, problem=problem)
            self._question = asked
            self._show_question()

    def sent(self, order_id: int) -> None:
        """The order left."""
        self._sent = OrderKey(self.workplace.client_id, order_id)
        self._end_question()
        if self.form is not None:
            # What is sent next is a new order, and a key held down must not send it.
            self._show(replace(self.form, changes=None, quantity=""))
        self._show_status()
        self.focus_content()

    def refused(self, error: WorkstationError) -> None:
        """The order did not leave: show why, and what must be typed if it may pass at all."""
        self._is_sending = False
        question = self._question
        if question is None:
            self.post_message(self.Remark(str(error), "error"))
            return
        if isinstance(error, OrderRefused):
            others = tuple(each for each in question.objections if each.limit != error.limit)
            self._question = replace(question, objections=(*others, error))
        else:
            self._question = replace(question, problem=str(error))
        self._show_question()

    # From form to order

    @on(TicketEntry.Edited)
    def _edited(self, event: TicketEntry.Edited) -> None:
        event.stop()
        self._tint()
        self._show_status()

    @on(TicketEntry.Finished)
    def _finished(self, event: TicketEntry.Finished) -> None:
        event.stop()
        form = self.form
        if form is None:
            return
        wrong = self._entry.problems
        if wrong:
            first = next(iter(wrong))
            self.take_focus(self.query_one(f"#{first}"))
            self.post_message(self.Remark(f"{first.replace('_', ' ')}: {wrong[first]}", "warning"))
            return
        now = self.workplace.clock_ns()
        order = order_of(form)
        changes = form.changes and self.picture.orders.get(form.changes.key)
        if changes is not None and not changes.is_open:
            told = f"order {changes.key.order_id} is {changes.stage}: it can not be changed"
            self.post_message(self.Remark(told, "warning"))
            return
        self._question = Question(form.contract, order, form.changes, now)
        self._is_sending = False
        self._entry.disabled = True
        self.add_class("-asking")
        self._prompt.open(confirmation(self._question, self.picture, now))
        self.post_message(self.PreviewWanted(self, form.contract, order))

    @on(TicketPrompt.Accepted)
    def _accepted(self, event: TicketPrompt.Accepted) -> None:
        event.stop()
        question = self._question
        if question is None or self._is_sending:
            return
        # A second Enter before the answer must not send a second order.
        self._is_sending = True
        limits = frozenset(each.limit for each in question.objections if each.overridable)
        override = limits if event.with_word else frozenset()
        order_id = None if question.changes is None else question.changes.key.order_id
        self.post_message(
            self.Submitted(self, question.contract, question.order, override, order_id)
        )

    @on(TicketPrompt.Declined)
    def _declined(self, event: TicketPrompt.Declined) -> None:
        event.stop()
        if not self._is_sending:
            self._end_question()
            self.focus_content()

    def _end_question(self) -> None:
        self._question = None
        self._is_sending = False
        self._entry.disabled = False
        self._prompt.close()
        self.remove_class("-asking")

    # Showing

    def _new(
        self, contract: Contract, action: str, quantity: str, order_type: str, account: str = ""
    ) -> TicketForm:
        accounts = self.picture.session.accounts
        default = accounts[0] if len(accounts) > 1 else ""
        return TicketForm(
            contract,
            action=action,
            quantity=quantity,
            order_type=order_type,
            account=account or default,
        )

    def _show(self, form: TicketForm) -> None:
        self._entry.show(form)
        what = "Ticket" if form.changes is None else f"Change order {form.changes.key.order_id}"
        self.border_title = Content(f"{what} · {safe_text(str(form.contract))}")
        self._tint()
        self._show_status()

    def _tint(self) -> None:
        form = self.form
        is_buy = form is not None and form.action == Action.BUY
        self.set_class(is_buy, "-buy")
        self.set_class(form is not None and not is_buy, "-sell")
        # A theme's own tints outrank the ground that every pane has.
        tint = "trade-buy-tint" if is_buy else "trade-sell-tint"
        color = self.app.theme_variables.get(tint) if form is not None else None
        self.styles.background = color

    def _show_status(self) -> None:
        """What became of the order that was sent last."""
        if self._sent is not None and self.is_mounted:
            live = self.picture.orders.get(self._sent)
            told = f"order {self._sent.order_id} sent" if live is None else outcome_words(live)
            self.query_one("#ticket-status", Static).update(told)

    def _show_question(self) -> None:
        if self._question is not None:
            now = self.workplace.clock_ns()
            self._prompt.show(confirmation(self._question, self.picture, now))

    def _key(self, contract: Contract) -> str:
        return self.picture.contracts.key(contract)
