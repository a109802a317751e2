"""Scanner: ranking the simulated stocks by what their quotes show.

Owns which scans and filters there are, the document that says so, and who is told the best names
when. A scan looks at every stock at one instant; since a stock that nobody watches takes time to
work out, it looks at a few stocks a beat. Leaves quotes to `market`. A scan or filter that needs
what is not simulated (market values, ratings, halts) is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from workstation.errors import RequestError
from workstation.model import ScanCode, ScannerRow, ScannerSubscription, changed
from workstation.protocol import catalog
from workstation.simulator.client_session import ClientSession
from workstation.simulator.market import Market
from workstation.simulator.quote import Quote
from workstation.simulator.universe import StockListing

__all__ = ["SCANS", "Scanner"]

REFUSED = 162
DUPLICATE_REQUEST = 322

MOST_ROWS = 50
SECONDS_BETWEEN = 30
"""Lists are made anew this often, as TWS does."""

STOCKS_A_BEAT = 25

Measure = Callable[[StockListing, Quote], float]


def _change(_stock: StockListing, quote: Quote) -> float:
    return quote.last / quote.previous_close - 1


def _change_since_open(_stock: StockListing, quote: Quote) -> float:
    return quote.last / quote.open - 1


def _gap(_stock: StockListing, quote: Quote) -> float:
    return quote.open / quote.previous_close - 1


def _range(_stock: StockListing, quote: Quote) -> float:
    return (quote.high - quote.low) / quote.previous_close


def _volume(_stock: StockListing, quote: Quote) -> float:
    return quote.volume


def _turnover(_stock: StockListing, quote: Quote) -> float:
    return quote.volume * quote.last


def _volume_against_usual(stock: StockListing, quote: Quote) -> float:
    return quote.volume / stock.character.daily_volume


def _trades(_stock: StockListing, quote: Quote) -> float:
    return quote.trades


def _least(measure: Measure) -> Measure:
    return lambda stock, quote: -measure(stock, quote)


SCANS: Mapping[str, tuple[str, Measure]] = {
    ScanCode.TOP_PERCENT_GAIN: ("Top % gainers", _change),
    ScanCode.TOP_PERCENT_LOSS: ("Top % losers", _least(_change)),
    ScanCode.TOP_OPEN_PERCENT_GAIN: ("Top % gainers since the open", _change_since_open),
    ScanCode.TOP_OPEN_PERCENT_LOSS: ("Top % losers since the open", _least(_change_since_open)),
    ScanCode.MOST_ACTIVE: ("Most active by shares", _volume),
    ScanCode.MOST_ACTIVE_USD: ("Most active by dollars", _turnover),
    ScanCode.HOT_BY_VOLUME: ("Volume against the usual", _volume_against_usual),
    ScanCode.TOP_PRICE_RANGE: ("Widest range of the day", _range),
    ScanCode.TOP_TRADE_COUNT: ("Most trades", _trades),
    ScanCode.HIGH_OPEN_GAP: ("Highest gap at the open", _gap),
    ScanCode.LOW_OPEN_GAP: ("Lowest gap at the open", _least(_gap)),
}
"""What a scan is called, and by what it ranks: the most comes first."""

_LOCATIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    "STK.US": ("US stocks", frozenset()),
    "STK.US.MAJOR": ("Listed on major US exchanges", frozenset()),
    "STK.NYSE": ("NYSE", frozenset({"NYSE"})),
    "STK.NASDAQ": ("NASDAQ", frozenset({"NASDAQ"})),
}
"""Names of places, and their exchanges; none means all."""

_FILTERS: Mapping[str, Callable[[Quote, float], bool]] = {
    "priceAbove": lambda quote, limit: quote.last >= limit,
    "priceBelow": lambda quote, limit: quote.last <= limit,
    "volumeAbove": lambda quote, limit: quote.volume >= limit,
    "changePercAbove": lambda quote, limit: 100 * (quote.last / quote.previous_close - 1) >= limit,
    "changePercBelow": lambda quote, limit: 100 * (quote.last / quote.previous_close - 1) <= limit,
}

_FIELDS: Mapping[str, str] = {
    "above_price": "priceAbove",
    "below_price": "priceBelow",
    "above_volume": "volumeAbove",
}
"""Filters that are fields of a subscription too."""

_NO_FILTER = {"number_of_rows", "instrument", "location_code", "scan_code", "stock_type_filter"}


@dataclass(slots=True, eq=False)
class _Scan:
    """What one client wants to hear, and how far the present look has come."""

    request_id: int
    measure: Measure
    rows: int
    stocks: tuple[StockListing, ...]
    filters: tuple[tuple[str, float], ...]
    due_ns: int
    looked_at: int = 0
    """How many of the stocks the present look has seen."""
    at_ns: int = 0
    found: list[tuple[float, str, StockListing]] = field(default_factory=list)

    def fits(self, quote: Quote) -> bool:
        """Whether a stock passes every filter."""
        return all(_FILTERS[name](quote, limit) for name, limit in self.filters)


class Scanner:
    """The scans of all clients.

    Args:
        market: whose quotes are looked at.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._scans: dict[ClientSession, dict[int, _Scan]] = {}

    def follow(self, client: ClientSession, request: catalog.RequestScannerSubscription) -> None:
        """Begin to scan for a client.

        Raises:
            RequestError: the id is in use, or the scan asks for what is not simulated.
        """
        scans = self._scans.setdefault(client, {})
        number = request.request_id
        if number in scans:
            text = "Error processing request: cause - Duplicate ticker id"
            raise RequestError(DUPLICATE_REQUEST, text, number)
        wanted = request.subscription
        if wanted.scan_code not in SCANS:
            raise _refused(number, f"Scanner type with code {wanted.scan_code} is disabled")
        if wanted.location_code not in _LOCATIONS or wanted.instrument != "STK":
            place = f"{wanted.instrument} in {wanted.location_code}"
            raise _refused(number, f"Scanner location {place} is not simulated")
        exchanges = _LOCATIONS[wanted.location_code][1]
        scans[number] = _Scan(
            number,
            SCANS[wanted.scan_code][1],
            MOST_ROWS if wanted.number_of_rows < 0 else min(wanted.number_of_rows, MOST_ROWS),
            tuple(
                stock
                for stock in self._market.universe.stocks
                if not exchanges or stock.primary_exchange in exchanges
            ),
            _filters(number, wanted, request),
            self._market.now(),
        )

    def forget(self, client: ClientSession, request_id: int) -> None:
        """End a scan."""
        self._scans.get(client, {}).pop(request_id, None)

    def gone(self, client: ClientSession) -> None:
        """A client has left."""
        self._scans.pop(client, None)

    def advance(self, now_ns: int) -> None:
        """Look at a few stocks more, and tell what is complete."""
        for client, scans in self._scans.items():
            for scan in scans.values():
                if now_ns >= scan.due_ns:
                    self._look(client, scan, now_ns)

    def _look(self, client: ClientSession, scan: _Scan, now_ns: int) -> None:
        if not scan.looked_at:
            scan.at_ns, scan.found = now_ns, []
        seen = scan.looked_at + STOCKS_A_BEAT
        for stock in scan.stocks[scan.looked_at : seen]:
            quote = self._market.quote(stock.symbol, scan.at_ns)
            if scan.fits(quote):
                scan.found.append((-scan.measure(stock, quote), stock.symbol, stock))
        if seen < len(scan.stocks):
            scan.looked_at = seen
            return
        scan.looked_at, scan.due_ns = 0, scan.at_ns + SECONDS_BETWEEN * 1_000_000_000
        best = sorted(scan.found)[: scan.rows]
        rows = tuple(self._row(rank, stock) for rank, (_, _, stock) in enumerate(best))
        client.tell(catalog.ScannerData(request_id=scan.request_id, rows=rows))

    def _row(self, rank: int, stock: StockListing) -> ScannerRow:
        universe = self._market.universe
        contract = changed(universe.contract(stock), primary_exchange="", multiplier="")
        return ScannerRow(rank=rank, contract=contract, market_name=contract.trading_class)

    def parameters(self) -> str:
        """The document that names scans, places and filters."""
        root = ET.Element("ScanParameterResponse")
        instruments = ET.SubElement(root, "InstrumentList")
        stocks = ET.SubElement(instruments, "Instrument")
        _texts(stocks, name="US Stocks", type="STK", filters=",".join(_FILTERS))
        places = ET.SubElement(root, "LocationTree")
        for code, (name, _) in _LOCATIONS.items():
            place = ET.SubElement(places, "Location")
            _texts(place, displayName=name, locationCode=code, instruments="STK")
        scans = ET.SubElement(root, "ScanTypeList")
        for code, (name, _) in SCANS.items():
            scan = ET.SubElement(scans, "ScanType")
            _texts(scan, displayName=name, scanCode=str(code), instruments="STK")
        filters = ET.SubElement(root, "FilterList")
        for code in _FILTERS:
            each = ET.SubElement(filters, "SimpleFilter")
            _texts(ET.SubElement(each, "AbstractField"), code=code)
        return ET.tostring(root, encoding="unicode")


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _filters(
    request_id: int, wanted: ScannerSubscription, request: catalog.RequestScannerSubscription
) -> tuple[tuple[str, float], ...]:
    """Names and limits of all filters.

    Raises:
        RequestError: one needs what is not simulated, or its limit is no number.
    """
    given = {option.tag: option.value for option in request.filter_options}
    default = ScannerSubscription()
    for name in ScannerSubscription.__struct_fields__:
        value = getattr(wanted, name)
        if name not in _NO_FILTER and value != getattr(default, name):
            given[_FIELDS.get(name, name)] = str(value)
    found = []
    for name, text in given.items():
        if name not in _FILTERS:
            raise _refused(request_id, f"Scanner filter {name} is not simulated")
        try:
            found.append((name, float(text)))
        except ValueError:
            raise _refused(request_id, f"Scanner filter {name} wants a number") from None
    return tuple(found)


def _refused(request_id: int, text: str) -> RequestError:
    return RequestError(REFUSED, f"Historical Market Data Service error message:{text}", request_id)
