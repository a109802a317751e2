"""Codes about the Bridge itself and its connections, from 1100 to 2199.

Owns their meaning and advice, by severity.
"""

from __future__ import annotations

from workstation.message_codes.code import Rows

__all__ = ["CONNECTIVITY", "WARNINGS"]

CONNECTIVITY: Rows = {
    1100: (
        "The Bridge lost its broker: quotes stand still and no order gets through.",
        "Wait for 1101 or 1102; if neither comes, look at the network of the Bridge's machine.",
    ),
    1101: (
        "The Bridge has its broker back, but forgot every market data subscription.",
        "Subscribe again and compare open orders; the clients of this package do both.",
    ),
    1102: (
        "The Bridge has its broker back and kept all subscriptions.",
        "Nothing; compare open orders if some were sent just before.",
    ),
    1300: (
        "The Bridge moved its socket to another port, and this connection ends.",
        "Connect again on the port that the Bridge's API settings now show.",
    ),
    2103: (
        "A market data farm is disconnected: its quotes stand still.",
        "Wait, the Bridge connects again by itself; trust no quote from there until 2104.",
    ),
    2104: (
        "A market data farm is connected.",
        "Nothing.",
    ),
    2105: (
        "A farm of historical data is disconnected: requests for its history fail.",
        "Ask again after 2106.",
    ),
    2106: (
        "A farm of historical data is connected.",
        "Nothing.",
    ),
    2107: (
        "A farm of historical data sleeps because nobody asks; the next request wakes it.",
        "Nothing.",
    ),
    2108: (
        "A market data farm sleeps because nobody asks; the next request wakes it.",
        "Nothing.",
    ),
    2110: (
        "The Bridge lost its broker and is about to reach it again by itself.",
        "Hold new orders until 1101 or 1102 has come.",
    ),
    2119: (
        "A market data farm is being connected.",
        "Wait for 2104.",
    ),
    2157: (
        "The farm of contract definitions is disconnected: look-ups and chains fail.",
        "Ask again after 2158.",
    ),
    2158: (
        "The farm of contract definitions is connected.",
        "Nothing.",
    ),
}

WARNINGS: Rows = {
    2100: (
        "Account data of this client ended, because other account data was asked for.",
        "Subscribe to one account at a time, or use the requests for several accounts.",
    ),
    2101: (
        "Account data can not be had while other clients look at another account.",
        "Ask for the account that they look at, or end their subscription.",
    ),
    2102: (
        "A change of an order came while the order was still on its way.",
        "Wait for the order's status, then send the change again.",
    ),
    2109: (
        "The wish to trade outside regular hours means nothing for this order and is passed over.",
        "Leave it out for this order type and exchange.",
    ),
    2137: (
        "The order would take the other side of one's own position or order.",
        "Make sure that it shall close or turn the position.",
    ),
    2150: (
        "A value that the Bridge derives for this position or trade is not valid.",
        "Do not rely on it; look at the account in the Bridge itself.",
    ),
    2152: (
        "Depth comes from some exchanges only; for the others a subscription is missing.",
        "Subscribe to their depth in the account's settings, or do without them.",
    ),
    2161: (
        "The broker caps the price of this order, as its supervisors demand.",
        "Expect no fill beyond the cap that the text names; set a nearer limit.",
    ),
    2168: (
        "The order says it is for electronic trading only, which is no longer heeded.",
        "Leave that attribute out.",
    ),
    2169: (
        "The order asks for firm quotes only, which is no longer heeded.",
        "Leave that attribute out.",
    ),
    2174: (
        "A time was given without a zone, and the Bridge took one of its own choice.",
        "Give times with a zone, as in `20260105 09:30:00 US/Eastern`, or in UTC with a dash.",
    ),
    2176: (
        "The client speaks too old a version for fractional sizes, which are rounded for it.",
        "Agree on server version 163 or above to get sizes in full.",
    ),
}
