"""A finished site -> the place where visitors find it; and a look at what they get there.

model         what is wanted, what is there, what carries it
record        the list of what we left at a place
planning      the difference, and the order that is safe
folder, rsync, rclone, git, vendor     carriers: one kind of place each
relative      addresses for a copy that is opened without a server
generations   what was deployed, kept here for a way back
steps         a deployment, step by step
asking, checking                       requests to the live site, and what is wrong with the answers
"""

from coldpress.deploying.asking import Asker
from coldpress.deploying.checking import Finding, Live, look_at
from coldpress.deploying.generations import Generations, content_of, entry_of, own_files
from coldpress.deploying.model import RECORD, Carrier, Entry, Plan, There
from coldpress.deploying.relative import relative
from coldpress.deploying.steps import Deployment, carrier_of, carry_out, prepared, target_named

__all__ = [
    "RECORD",
    "Asker",
    "Carrier",
    "Deployment",
    "Entry",
    "Finding",
    "Generations",
    "Live",
    "Plan",
    "There",
    "carrier_of",
    "carry_out",
    "content_of",
    "entry_of",
    "look_at",
    "own_files",
    "prepared",
    "relative",
    "target_named",
]
