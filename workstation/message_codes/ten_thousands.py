"""Codes from 10000 on: market data permissions, algorithms of combinations, news, and fractions.

Owns their meaning and advice, by severity.
"""

from __future__ import annotations

from workstation.message_codes.code import Rows

__all__ = ["ERRORS", "WARNINGS"]

_SUBSCRIBE = "Subscribe in the account's settings, or ask for delayed data (market data type 3)."

ERRORS: Rows = {
    10000: ("The legs of the combination have different currencies.", "Use legs of one currency."),
    10001: ("A volatility order mixes currencies.", "Use contracts of one currency."),
    10002: (
        "The legs of a combination without guarantee are not valid.",
        "Check the legs, or ask for a guaranteed combination.",
    ),
    10003: ("IBSX is not possible here.", "Choose another exchange."),
    10005: ("The models are read-only.", "Allow changes in the Bridge's settings."),
    10006: ("The parent of the order is missing.", "Send the parent first, with this id."),
    10007: ("The kind of hedge is not one that exists.", "Use delta, beta, FX or pair."),
    10008: ("Beta is not valid.", "Give a number."),
    10009: ("The ratio of the hedge is not valid.", "Give a number above zero."),
    10010: ("The order that hedges delta is not valid.", "Check its type and price."),
    10011: ("Smart combinations do not have this currency.", "Use another currency."),
    10012: ("The percentage of an allocation is not valid.", "Give one from 0 to 100."),
    10013: (
        "Opting out of smart routing is not possible here.",
        "Leave that flag out.",
    ),
    10014: ("A limit in percent is not valid.", "Give one in the range the text names."),
    10015: ("The API may not trade in this account.", "Allow it in the account's settings."),
    10016: ("The contract is not visible to this user.", "Check the user's permissions."),
    10017: ("Contracts are not visible to this user.", "Check the user's permissions."),
    10020: ("The display size is not below the order's size.", "Show less, or leave it out."),
    10021: ("The market offset of the second leg is not valid.", "Check the routing parameter."),
    10022: ("The priority of a leg is not valid.", "Check the routing parameter."),
    10023: ("The display size of the combination is not valid.", "Check the routing parameter."),
    10024: ("The rule for starting the next leg is not valid.", "Check the routing parameter."),
    10025: ("The first time of the second leg is not valid.", "Check the routing parameter."),
    10026: ("The second time of the second leg is not valid.", "Check the routing parameter."),
    10027: ("A routing parameter of the combination is unknown.", "Check its name."),
    10089: ("The account does not subscribe to this market data for programs.", _SUBSCRIBE),
    10092: (
        "This exchange shows no book for this kind of instrument.",
        "Name an exchange that does (request_market_depth_exchanges), or ask for smart depth.",
    ),
    10147: (
        "The order to be cancelled is not found.",
        "Ask for open orders; it may be done, or belong to another client.",
    ),
    10148: (
        "The order can not be cancelled in the state it is in.",
        "Read the state in the text: it is done, or a cancel is on its way.",
    ),
    10168: (
        "The account does not subscribe to this market data, and delayed data is not asked for.",
        _SUBSCRIBE,
    ),
    10172: ("The news article can not be had.", "Check its id and the provider's subscription."),
    10182: (
        "A history that should stay up to date can not: the data farm is not connected.",
        "Ask again when the farm is back (2106).",
    ),
    10186: (
        "The account does not subscribe to this market data, and delayed data is not asked for.",
        _SUBSCRIBE,
    ),
    10187: (
        "Historical ticks can not be had.",
        "Check subscription, span and what to show in the text.",
    ),
    10189: (
        "Tick-by-tick data can not be had.",
        "Check subscription and kind of ticks in the text.",
    ),
    10190: (
        "All lines of tick-by-tick data are taken.",
        "End another one first, or use the ordinary ticks.",
    ),
    10225: ("A trade was taken back, and real-time bars ended with it.", "Ask for them again."),
    10236: ("A child of an all-or-none order has to be all or none.", "Set the child's flag."),
    10243: ("The API does not take orders for a fraction of a share.", "Use whole shares."),
    10244: ("This order can not be given as an amount of money.", "Give a size instead."),
    10245: ("This contract is not traded in fractions.", "Use whole numbers."),
    10268: (
        "The flag for electronic trading only is refused.",
        "Leave it out.",
    ),
    10269: ("The flag for firm quotes only is refused.", "Leave it out."),
    10270: ("A cap at the national best price is refused.", "Leave it out."),
    10276: ("The account may not see this news.", "Subscribe to the provider."),
    10277: ("The account lacks the permission for news.", "Subscribe in the account's settings."),
    10278: ("The calendar's metadata is being asked for already.", "Wait for the answer."),
    10279: ("The calendar's metadata can not be had.", "Check the subscription and ask again."),
    10280: ("The request for calendar metadata can not be ended.", "Nothing."),
    10281: ("Calendar events are being asked for already.", "Wait for the answer."),
    10282: ("Calendar events need the metadata first.", "Ask for the metadata, then for events."),
    10283: ("Calendar events can not be had.", "Check the subscription and ask again."),
    10284: ("The request for calendar events can not be ended.", "Nothing."),
    10285: (
        "The client speaks too old a version for sizes with fractions.",
        "Agree on server version 163 or above.",
    ),
    10299: (
        "This contract's history shows aggregated trades, not trades.",
        "Ask for AGGTRADES.",
    ),
    10311: (
        "The order names one exchange, and the Bridge holds such orders back.",
        "Route it through SMART, or lift the precaution in the Bridge's API settings.",
    ),
    10314: (
        "The end of the history is not readable.",
        "Write it as in `20260105 16:00:00 US/Eastern`, or in UTC with a dash.",
    ),
    10318: ("This order can not have a fraction as its size.", "Use whole numbers."),
    10326: (
        "The group of a working order can not change.",
        "Cancel it and send a new order.",
    ),
    10339: (
        "History of a continuous future ends now and at no other time.",
        "Leave the end empty.",
    ),
    10358: ("The account may not see fundamental data.", "Subscribe in the account's settings."),
}

WARNINGS: Rows = {
    10090: (
        "The account subscribes to a part of this market data only; the rest does not come.",
        _SUBSCRIBE,
    ),
    10091: (
        "Programs get a part of this market data only; the rest needs a subscription.",
        _SUBSCRIBE,
    ),
    10167: (
        "The account does not subscribe to this market data: delayed data comes instead.",
        "Mind the delay of about 15 minutes, or subscribe in the account's settings.",
    ),
    10197: (
        "Market data stops while the same user is logged in elsewhere with live data.",
        "Log out there, or share the data in the account's settings.",
    ),
    10349: (
        "A preset of the Bridge changed the order's time in force to DAY.",
        "Give DAY yourself, or change the preset in the Bridge.",
    ),
}
