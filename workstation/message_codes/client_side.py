"""Codes from 501 to 579: what clients of the API say themselves, before a Bridge sees anything.

Owns their meaning and advice. The clients of this package raise errors of their own instead; these
codes stand in the logs of other programs.
"""

from __future__ import annotations

from workstation.message_codes.code import Rows

__all__ = ["ERRORS"]

_UNSENT = "Check that the connection stands, and ask again."

ERRORS: Rows = {
    501: ("The client is connected already.", "Disconnect before connecting anew."),
    502: (
        "No Bridge answers at this host and port.",
        "Start it, allow socket clients in its API settings, and check the port.",
    ),
    503: ("The Bridge is too old for the request.", "Update TWS or IB Gateway."),
    504: ("The client is not connected.", "Connect first."),
    505: ("A message with an unknown id came.", "Update the client."),
    506: ("The versions of client and Bridge do not fit.", "Update the older of the two."),
    507: (
        "The stream can not be cut into messages any more, or the Bridge closed it.",
        "Connect again; check that the client id is free.",
    ),
    508: ("A message is not readable.", "Update the client."),
    509: ("The client failed while reading or sending.", "Connect again."),
    510: ("The client could not ask for market data.", _UNSENT),
    511: ("The client could not end market data.", _UNSENT),
    512: ("The client could not send an order.", _UNSENT),
    513: ("The client could not ask for account data.", _UNSENT),
    514: ("The client could not ask for executions.", _UNSENT),
    515: ("The client could not cancel an order.", _UNSENT),
    516: ("The client could not ask for open orders.", _UNSENT),
    517: ("The contract is not known.", "Check its description."),
    518: ("The client could not ask for contract details.", _UNSENT),
    519: ("The client could not ask for market depth.", _UNSENT),
    520: ("The client could not make a socket.", "Check the machine's network."),
    521: ("The client could not set the log level.", _UNSENT),
    522: ("The client could not ask for the advisor's settings.", _UNSENT),
    523: ("The client could not replace the advisor's settings.", _UNSENT),
    524: ("The client could not ask for a scan.", _UNSENT),
    525: ("The client could not end a scan.", _UNSENT),
    526: ("The client could not ask for the parameters of scans.", _UNSENT),
    527: ("The client could not ask for historical data.", _UNSENT),
    528: ("The client could not end a request for historical data.", _UNSENT),
    529: ("The client could not ask for real-time bars.", _UNSENT),
    530: ("The client could not end real-time bars.", _UNSENT),
    531: ("The client could not ask for the time.", _UNSENT),
    579: (
        "A text holds signs that the wire can not carry.",
        "Use plain ASCII.",
    ),
}
