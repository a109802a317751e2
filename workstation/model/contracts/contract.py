"""Contract: what can be traded, as one flat record, and its constructors' common ground.

Owns the fields that identify an instrument. Leaves to `ContractDetails` what a Bridge knows
about it, and to the constructors (`Stock`, `Option`, …) which fields a kind needs.
"""

from __future__ import annotations

from workstation.model.record import Record

__all__ = ["ComboLeg", "Contract", "DeltaNeutralContract"]


class ComboLeg(Record):
    """One leg of a combination (security type BAG)."""

    contract_id: int = 0
    ratio: int = 0
    action: str = ""
    """BUY, SELL or SSHORT, as seen from buying one unit of the combination."""
    exchange: str = ""
    open_close: int = 0
    """0 as the combination, 1 open, 2 close, 3 unknown."""
    short_sale_slot: int = 0
    """1 held at the broker, 2 held elsewhere (then `designated_location`), else 0."""
    designated_location: str = ""
    exempt_code: int = -1

    def __str__(self) -> str:
        """Such as `+1#1001` when bought, `-2#1002` when sold."""
        return f"{'+' if self.action == 'BUY' else '-'}{self.ratio}#{self.contract_id}"


class DeltaNeutralContract(Record):
    """The underlying that hedges a delta-neutral combination."""

    contract_id: int = 0
    delta: float = 0.0
    price: float = 0.0


class Contract(Record):
    """One tradable instrument; a partly filled one describes what is looked for.

    Kinds are constructors (`Stock("AAPL")`), not subclasses: a contract that came from the
    wire equals the one a program built with the same fields.

    Contracts compare and hash by all their fields, as every record does: one that says more, or
    goes to another exchange, is another contract. What stays the same however much is known of
    an instrument is its `instrument_key`; use that as the key of a dict, and `same_instrument`
    to compare.
    """

    contract_id: int = 0
    """The Bridge's number for it (conId); 0 when not known yet."""
    symbol: str = ""
    """Symbol of the instrument, or of the underlying for derivatives."""
    security_type: str = ""
    """A word of `SecurityType`."""
    last_trade_date: str = ""
    """`YYYYMMDD`, or `YYYYMM` for a contract month."""
    strike: float | None = None
    right: str = ""
    """C or P; a Bridge writes ? where it does not apply."""
    multiplier: str = ""
    exchange: str = ""
    primary_exchange: str = ""
    """Listing exchange, which tells two stocks of one symbol apart when routed SMART."""
    currency: str = ""
    local_symbol: str = ""
    trading_class: str = ""
    include_expired: bool = False
    security_id_type: str = ""
    """ISIN, CUSIP, SEDOL, RIC or FIGI, with the value in `security_id`."""
    security_id: str = ""
    description: str = ""
    issuer_id: str = ""
    combo_legs_description: str = ""
    combo_legs: tuple[ComboLeg, ...] = ()
    delta_neutral_contract: DeltaNeutralContract | None = None

    def __str__(self) -> str:
        """Short text for people: `AAPL`, `AAPL 20270115 190C`, `EUR.USD`, `AAPL +1#11 -2#22`."""
        if self.security_type in ("OPT", "FOP", "WAR"):
            strike = "" if self.strike is None else f"{self.strike:g}"
            return f"{self.symbol} {self.last_trade_date} {strike}{self.right}".rstrip()
        if self.security_type in ("CASH", "CRYPTO"):
            return f"{self.symbol}.{self.currency}"
        if self.security_type == "BAG":
            legs = self.combo_legs_description or " ".join(map(str, self.combo_legs))
            return f"{self.symbol} {legs}".strip()
        if self.security_type == "CONTFUT":
            return f"{self.symbol} continuous"
        if self.last_trade_date:
            return f"{self.symbol} {self.last_trade_date}"
        return self.symbol or self.local_symbol or f"#{self.contract_id}"
