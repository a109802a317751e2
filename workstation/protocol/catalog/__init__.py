"""The catalog: every message in both directions, declared once.

One module a subject. Importing the catalog fills the registries of `workstation.protocol.message`.
"""

from workstation.protocol.catalog.account import *
from workstation.protocol.catalog.advisors import *
from workstation.protocol.catalog.contracts import *
from workstation.protocol.catalog.depth import *
from workstation.protocol.catalog.display_groups import *
from workstation.protocol.catalog.executions import *
from workstation.protocol.catalog.fundamentals import *
from workstation.protocol.catalog.history import *
from workstation.protocol.catalog.market_data import *
from workstation.protocol.catalog.news import *
from workstation.protocol.catalog.open_orders import *
from workstation.protocol.catalog.options import *
from workstation.protocol.catalog.orders import *
from workstation.protocol.catalog.scanner import *
from workstation.protocol.catalog.session import *
from workstation.protocol.catalog.ticks import *
from workstation.protocol.catalog.verification import *
