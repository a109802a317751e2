"""Actors: trading programs on a desk, and two examples."""

from workstation.desk.actors.actor import Actor, ActorState, DeskRequest
from workstation.desk.actors.moving_average import MovingAverageTrader
from workstation.desk.actors.pairs import PairsTrader

__all__ = ["Actor", "ActorState", "DeskRequest", "MovingAverageTrader", "PairsTrader"]
