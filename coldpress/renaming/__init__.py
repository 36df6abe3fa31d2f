"""A page's file under another name -> every file that has to change for it, all of them or none.

asked        the words of the command -> which page, and where it goes
plan         what is asked for -> the moves, and the new text of every file that names the page
spots        a text -> every spot in it that names a page, a picture or an address
moves        such a spot + what moves -> how it is written from now on
frontmatter  the old address among the page's aliases, the new slug; every other byte kept
signs        translations stay signed where nothing but names of files changed
proof        the site in a copy, moved: no new mistake, and every link leads where it led
transaction  the files, written and moved; put back when that fails halfway
"""

from coldpress.renaming.asked import RefusedError
from coldpress.renaming.plan import Change, Rename, plan_rename
from coldpress.renaming.proof import prove
from coldpress.renaming.transaction import carry_out, put_back

__all__ = ["Change", "RefusedError", "Rename", "carry_out", "plan_rename", "prove", "put_back"]
