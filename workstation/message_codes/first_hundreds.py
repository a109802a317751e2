"""Codes from 100 to 203: limits, orders as such, and contracts.

Owns their meaning and advice, by severity.
"""

from __future__ import annotations

from workstation.message_codes.code import Rows

__all__ = ["ERRORS", "INFORMATION"]

ERRORS: Rows = {
    100: (
        "Too many messages a second; the Bridge dropped one, and does not say which.",
        "Send at most 50 a second and check what was sent last; clients here pace themselves.",
    ),
    101: (
        "All market data lines of the account are taken.",
        "Cancel subscriptions that nobody looks at, use snapshots, or buy more lines.",
    ),
    102: (
        "A market data request has the id of one that still runs.",
        "Use a new request id.",
    ),
    103: (
        "An order has an id that was used before, or one below the next valid id.",
        "Take ids from the client, or ask for the next valid id.",
    ),
    104: (
        "An order can not be changed any more, because it is filled.",
        "Send a new order instead.",
    ),
    105: (
        "A change names another contract, side or account than its order has.",
        "Change price, size and time in force only; for the rest cancel and send a new order.",
    ),
    106: (
        "The Bridge could not send the order.",
        "Look at the text for the reason and send again.",
    ),
    107: (
        "The order is incomplete, so it was not sent.",
        "Fill in what its order type needs: side, size, price, account.",
    ),
    109: (
        "The price is further from the market than the Bridge's own precaution allows.",
        "Bring it nearer, or widen the percentage in the Bridge's order presets.",
    ),
    110: (
        "The price lies between two ticks of the contract's price grid.",
        "Round it to the tick of the market rule that holds at that price.",
    ),
    111: (
        "This time in force does not go with this order type.",
        "Use DAY, or look at the order types and times that the contract's details list.",
    ),
    113: (
        "Orders for the close are valid for the day only.",
        "Set the time in force to DAY.",
    ),
    114: ("Relative orders are for stocks only.", "Use a limit order for other kinds."),
    115: (
        "Relative orders in US stocks can not go to this exchange.",
        "Route them through SMART.",
    ),
    116: (
        "The exchange of the order does not answer or no longer exists.",
        "Route it elsewhere, for example through SMART.",
    ),
    117: (
        "A block order is too small.",
        "Give at least 50 contracts, or leave the block flag out.",
    ),
    118: (
        "VWAP orders of the exchange kind go to its own venue only.",
        "Set the exchange to VWAP.",
    ),
    119: (
        "Only VWAP orders go to the venue VWAP.",
        "Choose another exchange, or another order type.",
    ),
    120: ("It is too late for this VWAP order today.", "Send it before the session next time."),
    121: ("The flag of the broker-dealer does not fit the order.", "Leave it out."),
    122: ("The Bridge finds no request that belongs to the order.", "Send the order again."),
    123: ("The contract id is unknown.", "Look the contract up again."),
    124: ("The contract has no market rule.", "Use the smallest tick of its contract details."),
    125: ("The buy price has to be the best ask.", "Take the present ask as the limit."),
    126: ("The sell price has to be the best bid.", "Take the present bid as the limit."),
    129: (
        "A VWAP order came later than three minutes before its start.",
        "Send it earlier, or let it start later.",
    ),
    131: (
        "Sweep to fill and display size go with US stocks through SMART only.",
        "Leave both out for this order.",
    ),
    132: ("The order names no clearing account.", "Give the clearing account."),
    133: (
        "The broker did not take the new order.",
        "Read the text, check that nothing works under this id, and send again.",
    ),
    134: (
        "The broker did not take the change; the order stays as it was.",
        "Read the text and send the change again if it still makes sense.",
    ),
    135: (
        "The Bridge knows no order with this id.",
        "Ask for open orders; it may be done, or belong to another client.",
    ),
    136: (
        "This order can not be cancelled any more.",
        "Ask for its status: it is about to fill, or it is done.",
    ),
    137: (
        "VWAP orders can be cancelled only until three minutes before their start.",
        "Wait for its end, or trade against it.",
    ),
    138: ("The market data request is not readable.", "Check its fields and generic ticks."),
    139: ("The Bridge could not read a request.", "Check the value that the text names."),
    140: ("A size has to be a whole number here.", "Round it."),
    141: ("A price has to be a number.", "Give a number."),
    142: ("The institutional account lacks information.", "Give the account with the order."),
    143: ("An id has to be a whole number.", "Give a whole number."),
    144: (
        "The shares allocated to accounts do not add up to the size.",
        "Make the sum of the allocations equal to the order's size.",
    ),
    145: (
        "A field of the order does not hold what it should.",
        "Check the field that the text names.",
    ),
    146: ("The trigger method is not one that exists here.", "Use the default method, 0."),
    147: (
        "The contract in an order's condition is incomplete.",
        "Give its contract id and exchange.",
    ),
    148: (
        "Conditions go with limit and market orders only.",
        "Use one of these types, or leave the condition out.",
    ),
    151: ("The order needs the name of a user.", "Log in to the Bridge with a full user."),
    152: ("The order can not be hidden here.", "Leave the hidden flag out."),
    153: ("An exchange for physical takes limit orders only.", "Send a limit order."),
    154: ("Trading in this security is halted.", "Wait until it resumes, then send again."),
    155: ("An order for size improvement needs user and account.", "Give both."),
    156: ("An order for size improvement goes to IBSX only.", "Set the exchange to IBSX."),
    157: (
        "An order is either an iceberg or discretionary, not both.",
        "Leave out display size or discretionary amount.",
    ),
    158: ("The order lacks an offset.", "Give an amount or a percentage."),
    159: ("An offset in percent lies outside 0 to 100.", "Give one inside."),
    160: ("The size is zero.", "Give a size above zero."),
    161: (
        "A cancel came when the order could not be cancelled: it is done, or not yet there.",
        "Ask for its status before asking again.",
    ),
    162: (
        "The service of historical data refused: no data, no permission, or asked too fast.",
        "Read the text; ask for a shorter span or other data, or wait and ask again.",
    ),
    163: (
        "The price breaks the percentage that the Bridge's order presets allow.",
        "Bring it nearer to the market, or widen the preset in the Bridge.",
    ),
    164: (
        "Without market data the Bridge can not check how far the price is off.",
        "Subscribe to the contract's market data, or lift the precaution in the Bridge.",
    ),
    166: (
        "History of an expired contract can not be had in this way.",
        "Futures: include expired contracts, two years back; options: none after expiry.",
    ),
    167: ("The time of a VWAP order is over.", "Give times that lie ahead."),
    168: (
        "The discretionary amount lies between two ticks.",
        "Round it to the contract's tick.",
    ),
    200: (
        "No contract fits the description, or several do.",
        "Check symbol, kind, exchange, currency and expiry, or look the contract up first.",
    ),
    201: (
        "The order is rejected: by the broker, the exchange or the account's limits.",
        "Read the reason in the text: margin, permissions, price or the state of the market.",
    ),
    203: (
        "The account may not trade this security.",
        "Ask for the permission in the account's settings, or use another account.",
    ),
}

INFORMATION: Rows = {
    165: (
        "The service of historical data tells how far it is.",
        "Nothing; the answer still comes.",
    ),
    202: (
        "The order is cancelled: somebody asked, its time ran out, or the exchange did it.",
        "Nothing if it was asked for; else read the reason in the text.",
    ),
}
