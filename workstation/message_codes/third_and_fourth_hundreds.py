"""Codes from 300 to 449: requests, kinds of orders, and what the Bridge could not validate.

Owns their meaning and advice, by severity.
"""

from __future__ import annotations

from workstation.message_codes.code import Rows

__all__ = ["ERRORS", "WARNINGS"]

ERRORS: Rows = {
    300: (
        "A subscription is to end that does not run.",
        "Nothing if it ended by itself; else check the request id.",
    ),
    301: ("The action of a market data request is not one that exists.", "Check the request."),
    302: ("The text that ends market data is not readable.", "Check the request."),
    303: ("The side of the order is not one that exists.", "Use BUY, SELL or SSHORT."),
    304: ("The action of an account request is not one that exists.", "Check the request."),
    305: ("A request is not readable and was passed over.", "Check the request."),
    306: ("A DDE request failed.", "Check the link in the spreadsheet."),
    307: ("The topic of a DDE request is not one that exists.", "Check the link."),
    308: (
        "The Bridge has no page left for API contracts.",
        "Close pages in the Bridge's screen.",
    ),
    309: (
        "All lines of market depth are taken.",
        "End another book first; accounts have three unless they paid for more.",
    ),
    310: ("A book is to end that does not run.", "Nothing, or check the request id."),
    311: ("The origin of the order is not valid.", "Use 0 for customer or 1 for firm."),
    312: ("The legs of the combination are not valid.", "Check contract ids, sides and ratios."),
    313: (
        "One leg of the combination is not valid.",
        "Check the leg that the text names: contract id, side, ratio and exchange.",
    ),
    314: ("A contract of type BAG has no legs.", "Give the legs."),
    315: ("Combinations with stock legs go through SMART only.", "Set the exchange to SMART."),
    316: (
        "Market depth stopped and does not come back by itself.",
        "Ask for the book again.",
    ),
    319: ("The log level is not one that exists.", "Use 1 to 5."),
    320: ("The Bridge could not read a request.", "Check the value that the text names."),
    321: (
        "The Bridge finds a request not valid, or its API is read-only.",
        "Read the text; for read-only, allow orders in the Bridge's API settings.",
    ),
    322: (
        "The Bridge failed at a request, often because its id is taken.",
        "Read the text; use a new request id.",
    ),
    323: ("The Bridge failed at a request.", "Read the text and ask again."),
    324: ("The Bridge could not read a DDE request.", "Check the link."),
    325: (
        "Discretionary orders do not go with this kind of contract and order.",
        "Leave the discretionary amount out.",
    ),
    326: (
        "Another program is connected with this client id.",
        "Connect with another client id, or end that program.",
    ),
    327: ("Only client 0 may bind orders entered by hand.", "Connect with client id 0."),
    328: (
        "A trailing stop can be attached to limit and stop-limit orders only.",
        "Choose one of these as its parent.",
    ),
    329: (
        "A change may not turn the order into this type.",
        "Cancel it and send a new order.",
    ),
    330: ("Only advisors and linked accounts have managed accounts.", "Leave the request out."),
    331: ("The advisor has no managed accounts.", "Look at the account's settings."),
    332: ("An account in the allocation profile is not valid.", "Correct the profile."),
    333: ("The allocation of shares is not readable.", "Check accounts and shares."),
    334: (
        "The date of a good-till-date order is not valid.",
        "Give a time ahead, with its zone.",
    ),
    335: ("Delta lies outside 0 to 100.", "Give one inside."),
    336: (
        "A time is not readable.",
        "Write it as in `20260105 09:30:00 US/Eastern`.",
    ),
    337: ("A date, time or zone is not valid.", "Check the field that the text names."),
    338: (
        "This exchange takes no orders that begin later.",
        "Send the order when it shall begin.",
    ),
    339: ("Spreads of futures are no longer orders of their own.", "Send a combination."),
    340: ("The improvement in a box auction is not valid.", "Give another amount."),
    341: ("Delta is not valid.", "Give one from 1 to 100."),
    342: ("A pegged price is not possible here.", "Use another order type."),
    343: ("A date, time or zone is not valid.", "Check the field that the text names."),
    344: ("The account is no advisor's.", "Leave out groups, profiles and allocations."),
    345: ("An advisor's account can not trade this combination.", "Send its legs one by one."),
    346: (
        "The account neither is institutional nor clears elsewhere.",
        "Leave the attributes of such accounts out.",
    ),
    347: ("The slot of the short sale is neither 1 nor 2.", "Give 1 or 2."),
    348: ("A slot is given, but the order is no short sale of that kind.", "Use SSHORT."),
    349: ("This combination can not begin later.", "Leave the starting time out."),
    350: ("This combination can not have a least quantity.", "Leave it out."),
    351: ("Regular hours alone can not be asked for here.", "Leave that flag out."),
    352: ("Short sales in slot 2 need the place of the shares.", "Give the location."),
    353: ("Short sales in slot 1 have no place of the shares.", "Leave the location out."),
    354: (
        "The account does not subscribe to this market data.",
        "Subscribe in the account's settings, or ask for delayed data (market data type 3).",
    ),
    355: (
        "The size does not fit the contract's rule for sizes.",
        "Use multiples of the size increment in its contract details.",
    ),
    356: ("A smart combination can not be in a group where one cancels all.", "Leave it out."),
    357: ("The client's version is too old for the Bridge.", "Update this package."),
    358: ("A smart combination can not be a child order.", "Send it alone."),
    359: ("Combinations can only reduce on fill without blocking.", "Use OCA type 3."),
    360: ("This combination can not be checked with what-if.", "Check its legs one by one."),
    361: ("The trigger price is not valid.", "Give a price on the right side of the market."),
    362: ("The adjusted stop price is not valid.", "Check it against the order's stop."),
    363: ("The adjusted limit price is not valid.", "Check it against the adjusted stop."),
    364: ("The adjusted trailing amount is not valid.", "Give an amount above zero."),
    365: ("A scan is to end that does not run.", "Nothing, or check the request id."),
    366: ("A history request is to end that does not run.", "Nothing, or check the request id."),
    367: ("The volatility type of the order is neither 1 nor 2.", "Use daily or annual."),
    368: ("The reference price type is neither 1 nor 2.", "Use average or best side."),
    369: ("Volatility orders are for US options only.", "Use a limit order."),
    370: (
        "Volatility orders that follow the market go through SMART only.",
        "Set the exchange to SMART.",
    ),
    371: ("A volatility order lacks its volatility.", "Give one above zero."),
    372: ("Following the market goes with volatility orders only.", "Leave that flag out."),
    373: (
        "A range of the stock price goes with volatility and pegged orders only.",
        "Leave it out.",
    ),
    374: ("The lower end of the range is above the upper one.", "Swap them."),
    375: ("An end of the range is below zero.", "Give prices above zero."),
    376: (
        "The order can not follow the market at this exchange.",
        "Leave that flag out or choose another exchange.",
    ),
    377: ("The price of the hedging order is not valid.", "Check it."),
    378: ("The hedging order's type needs a price.", "Give its auxiliary price."),
    379: ("The hedging order's type has no price.", "Leave its auxiliary price out."),
    380: ("This type can not hedge delta.", "Use a market or limit order to hedge."),
    381: ("The DDE library is too old.", "Update it from the broker."),
    382: (
        "The price is more ticks from the market than the Bridge's order presets allow.",
        "Bring it nearer, or widen the preset in the Bridge.",
    ),
    383: (
        "The size is above the most that the Bridge's order presets allow.",
        "Send less, or raise the preset in the Bridge.",
    ),
    384: ("An array asked for by DDE is not valid.", "Check the link."),
    385: ("A scan has the id of one that still runs.", "Use a new request id."),
    386: ("A history request has the id of one that still runs.", "Use a new request id."),
    387: (
        "This exchange does not take this order type for this kind of contract.",
        "Use one of the order types in the contract's details.",
    ),
    388: ("The size is below the least one.", "Send at least the minimum that the text names."),
    389: ("The id of a routed order was used before.", "Use another."),
    390: ("The id of a routed order is not valid.", "Use another."),
    391: ("A time or zone is not valid.", "Check the field that the text names."),
    392: ("The contract has expired.", "Choose a later expiry."),
    393: ("This slot of a short sale goes with hedging orders only.", "Leave it out."),
    394: ("The time for processing lies outside 100 to 2000 ms.", "Give one inside."),
    395: (
        "Groups where one fill cancels the rest are not taken at present.",
        "Send single orders, or wait until the broker's trouble is over.",
    ),
    396: (
        "At present only limit and market orders are taken for this contract.",
        "Send one of these, or wait until the broker's trouble is over.",
    ),
    397: (
        "At present only limit and market orders are taken for this contract.",
        "Send one of these, or wait until the broker's trouble is over.",
    ),
    398: ("This contract can not trigger a condition.", "Choose another for the condition."),
    400: ("Something about the algorithm is wrong.", "Check its parameters in the text."),
    401: ("A text is too long.", "Shorten the field that the text names."),
    402: ("This contract takes no conditions.", "Leave the conditions out."),
    403: (
        "The stop price is not valid.",
        "Give a price on the tick grid, on the right side of the market.",
    ),
    405: ("A child order differs in size from its parent.", "Make both sizes equal."),
    406: ("This currency is not possible here.", "Give the contract's own currency."),
    407: ("A symbol holds signs that symbols have not.", "Use plain letters and digits."),
    408: ("The price increment of a scale order is not valid.", "Give one above zero."),
    409: ("A scale order lacks the size of its parts.", "Give the size of a component."),
    410: ("The size of later parts of a scale order is not valid.", "Check it."),
    411: ("Trading outside regular hours is not possible here.", "Leave that flag out."),
    412: (
        "The contract can not be traded.",
        "Check its expiry and the account's permissions.",
    ),
    413: ("A what-if order has to be transmitted.", "Set its transmit flag."),
    414: (
        "A snapshot can not have generic ticks.",
        "Leave the generic ticks out, or subscribe instead.",
    ),
    415: ("A request for quotes still runs.", "Wait until it is done and ask again."),
    416: ("No quotes can be requested for this contract.", "Leave it."),
    417: ("The first part of a scale order is not valid.", "Check its size."),
    418: ("The profit offset of a scale order is not valid.", "Check it."),
    419: ("A scale order lacks the size of its first part.", "Give it."),
    420: (
        "Live bars or ticks can not be had for this request.",
        "Check subscription, what to show and how many run; wait when asked too fast.",
    ),
    421: ("The route is not valid.", "Choose an exchange of the contract's details."),
    422: ("Account and clearing can not change in a working order.", "Cancel and send anew."),
    423: ("The quote that this cross order answers is over.", "Ask for quotes again."),
    424: (
        "An advisor's order lacks its allocation.",
        "Give an account, a group or a profile.",
    ),
    425: ("An advisor's order lacks shares for each account.", "Give them."),
    426: ("No account has enough shares.", "Send less."),
    427: ("Buying a fund takes an amount of money.", "Give the cash quantity."),
    428: ("Selling a fund takes a number of shares.", "Give the size."),
    429: ("Delta-neutral orders are for combinations only.", "Leave that out."),
    430: (
        "There are no fundamental data for this security, or the account may not see them.",
        "Check the subscription; try another report.",
    ),
    431: ("What to show is missing or wrong.", "Give TRADES, MIDPOINT, BID, ASK or another."),
    432: ("A commission is below zero.", "Give one of at least zero."),
    433: ("Restoring the size after a profit is not possible here.", "Leave it out."),
    434: ("The size is zero.", "Give a size above zero."),
    435: (
        "The order names no account, though there are several.",
        "Give the account.",
    ),
    436: (
        "The order names neither account nor allocation.",
        "Give an account, a group or a profile.",
    ),
    437: (
        "Trading outside regular hours and before the open exclude each other.",
        "Set one of the two.",
    ),
    438: ("The Bridge is locked.", "Unlock it on its own screen."),
    439: ("The algorithm does not exist.", "Check its name."),
    440: ("An order with this algorithm can not be changed.", "Cancel and send a new order."),
    441: (
        "A parameter of the algorithm is wrong.",
        "Check the one that the text names.",
    ),
    442: (
        "This order can not have this algorithm.",
        "Check exchange, order type and kind of contract.",
    ),
    443: ("The algorithm has no such parameter.", "Check the names of its parameters."),
    444: (
        "A volatility combination is not acknowledged yet.",
        "Wait for its status, then change it.",
    ),
    445: ("The quotes for this order are over.", "Ask for quotes again."),
    446: ("A scale order lacks its profit offset.", "Give it."),
    447: ("A scale order lacks how its price adjusts.", "Give amount and interval."),
    448: ("The interval of a scale order is not valid.", "Give seconds above zero."),
    449: ("A scale order has an adjustment that it can not have.", "Leave it out."),
}

WARNINGS: Rows = {
    317: (
        "The book was emptied and is built up again.",
        "Forget its rows; new ones follow by themselves.",
    ),
    399: (
        "The Bridge remarks something about an order, often that it waits for the open.",
        "Read the text; the order stays as it is.",
    ),
    404: (
        "There are no shares to borrow now: the Bridge keeps the short sale and looks for some.",
        "Wait, or cancel the order.",
    ),
}
