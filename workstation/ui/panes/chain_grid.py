"""Chain grid: the table of a chain, with a line at the money among its rows.

Owns that the cursor steps over the line, and bringing the money to the middle.
"""

from __future__ import annotations

from workstation.ui.panes.chain_cells import MONEY
from workstation.ui.widgets.grid import Grid

__all__ = ["ChainGrid"]


class ChainGrid(Grid):
    """A grid of single cells whose line at the money is no place to stand on."""

    def action_move(self, step: int) -> None:
        """Move by rows, over the line."""
        super().action_move(step)
        self._step_off(1 if step > 0 else -1)

    def action_edge(self, step: int) -> None:
        """Move to the first or the last strike."""
        super().action_edge(step)
        self._step_off(-step)

    def centre(self, key: str) -> bool:
        """Put the cursor on a row in the middle; whether there is room to do so by now."""
        room = self.size.height - 1
        if room <= 0 or key not in self.rows:
            return False
        self.move_to(key, column=self.cursor_column)
        self.scroll_to(y=max(self.cursor_row - room // 2, 0), animate=False, force=True)
        return True

    def _step_off(self, direction: int) -> None:
        if self.cursor_key != MONEY:
            return
        super().action_move(direction)
        if self.cursor_key == MONEY:
            # The line is the first or the last row.
            super().action_move(-direction)
