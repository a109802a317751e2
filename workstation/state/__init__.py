"""The live picture of market, orders and accounts, folded from messages. No I/O, no clock."""
