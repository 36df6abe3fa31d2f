"""addresses.lock: every address ever published -> an error for each that would lead nowhere now.

lock        the file: text -> promises, and the next text
standing    site + outputs -> what stands at which address now
promises    what was promised + what stands now -> problems, with the line that mends each
"""

from coldpress.addresses.lock import LOCK, Promise, locked, news, updated
from coldpress.addresses.promises import broken_promises, check_promises, once_had
from coldpress.addresses.standing import Onward, Standing, is_published, meeting, standing_of

__all__ = [
    "LOCK",
    "Onward",
    "Promise",
    "Standing",
    "broken_promises",
    "check_promises",
    "is_published",
    "locked",
    "meeting",
    "news",
    "once_had",
    "standing_of",
    "updated",
]
