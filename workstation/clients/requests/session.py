"""Requests about the session: ids, accounts, time, the login."""

from __future__ import annotations

from workstation.clients.requests.sender import Sender
from workstation.protocol import catalog

__all__ = ["SessionRequests"]


class SessionRequests(Sender):
    """The session itself."""

    def request_order_ids(self) -> None:
        """Ask for the next valid order id (`next_valid_id`)."""
        self.send(catalog.RequestOrderIds())

    def request_managed_accounts(self) -> None:
        """Ask which accounts this login manages (`managed_accounts`)."""
        self.send(catalog.RequestManagedAccounts())

    def request_current_time(self) -> None:
        """Ask for the Bridge's time (`current_time`)."""
        self.send(catalog.RequestCurrentTime())

    def request_current_time_in_millis(self) -> None:
        """Ask for the Bridge's time to the millisecond (`current_time_in_millis`)."""
        self.send(catalog.RequestCurrentTimeInMillis())

    def request_user_info(self) -> int:
        """Ask by whom this login is branded (`user_info`)."""
        return self._send_keyed(catalog.RequestUserInfo)

    def set_server_log_level(self, log_level: int = 2) -> None:
        """Say how much the Bridge writes into its log: 1 system … 5 everything."""
        self.send(catalog.SetServerLogLevel(log_level=log_level))

    def verify_request(self, api_name: str, api_version: str) -> None:
        """Begin to prove which program this is (`verify_message_api`)."""
        self.send(catalog.VerifyRequest(api_name=api_name, api_version=api_version))

    def verify_message(self, api_data: str) -> None:
        """Answer the challenge (`verify_completed`)."""
        self.send(catalog.VerifyMessage(api_data=api_data))

    def verify_and_auth_request(self, api_name: str, api_version: str, opaque_isv_key: str) -> None:
        """Begin to prove which program this is and who uses it (`verify_and_auth_message_api`)."""
        self.send(
            catalog.VerifyAndAuthRequest(
                api_name=api_name, api_version=api_version, opaque_isv_key=opaque_isv_key
            )
        )

    def verify_and_auth_message(self, api_data: str, xyz_response: str) -> None:
        """Answer both challenges (`verify_and_auth_completed`)."""
        self.send(catalog.VerifyAndAuthMessage(api_data=api_data, xyz_response=xyz_response))

    def query_display_groups(self) -> int:
        """Ask which groups of windows TWS has (`display_group_list`)."""
        return self._send_keyed(catalog.QueryDisplayGroups)

    def subscribe_to_group_events(self, group_id: int) -> int:
        """Follow what a group of windows shows (`display_group_updated`)."""
        return self._send_keyed(catalog.SubscribeToGroupEvents, group_id=group_id)

    def update_display_group(self, request_id: int, contract_info: str) -> None:
        """Make a followed group show a contract.

        Args:
            request_id: as `subscribe_to_group_events` gave it.
            contract_info: `none`, or `contract id@exchange`.
        """
        self.send(catalog.UpdateDisplayGroup(request_id=request_id, contract_info=contract_info))

    def unsubscribe_from_group_events(self, request_id: int) -> None:
        """Stop following a group of windows."""
        self.send(catalog.UnsubscribeFromGroupEvents(request_id=request_id))
