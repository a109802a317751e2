"""The family that each account belongs to."""

from __future__ import annotations

from workstation import IBKR_API


def main(port: int = 7497) -> None:
    """Most accounts are in none."""
    with IBKR_API(port=port, client_id=1) as api:
        for each in api.request_family_codes():
            print(each.account, each.family_code or "in no family")


if __name__ == "__main__":
    main()
