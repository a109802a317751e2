"""A scanner subscription: the most active stocks, until the first list has come."""

from __future__ import annotations

from workstation import IBKR_API, ScanCode, ScannerSubscription


def main(port: int = 7497) -> None:
    """The ten most active stocks above 20 dollars."""
    wanted = ScannerSubscription(
        instrument="STK",
        location_code="STK.US.MAJOR",
        scan_code=ScanCode.MOST_ACTIVE,
        number_of_rows=10,
        above_price=20.0,
    )
    with (
        IBKR_API(port=port, client_id=1) as api,
        api.request_scanner_subscription(wanted) as lists,
    ):
        for row in next(lists).rows:
            print(f"{row.rank + 1:2} {row.contract.symbol}")


if __name__ == "__main__":
    main()
