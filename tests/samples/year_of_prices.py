"""A year of daily prices as a DataFrame, and as a plot in the terminal."""

from __future__ import annotations

import plotext  # type: ignore[import-untyped]

from workstation import IBKR_API, Stock


def main(port: int = 7497) -> None:
    """Exxon Mobil."""
    with IBKR_API(port=port, client_id=1) as api:
        bars = api.request_historical_data(Stock("XOM"), duration="1 Y", bar_size="1 day")
    frame = bars.to_frame("America/New_York")
    print(frame[["open", "high", "low", "close", "volume"]].tail())
    plotext.clear_figure()
    plotext.plot_size(80, 20)
    plotext.date_form("Y-m-d")
    plotext.plot([f"{day:%Y-%m-%d}" for day in frame.index], frame["close"].tolist())
    plotext.title("XOM")
    print(plotext.build())


if __name__ == "__main__":
    main()
