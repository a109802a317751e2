"""Stock indexes: the names that make up the Dow 30 and the S&P 500."""

from workstation.model.indexes.constituents import Constituent
from workstation.model.indexes.index import SP500, Dow30, Index

__all__ = ["SP500", "Constituent", "Dow30", "Index"]
