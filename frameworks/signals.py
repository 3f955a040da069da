"""What others may want to know of frameworks, such as the audit trail, which this app does not know."""

from django.dispatch import Signal

# A version was loaded from a document, published or retired, in the transaction of that write.
# Arguments: version (FrameworkVersion), done ("loaded", "published", "retired"), by (a user; None for a command)
version_moved = Signal()

# An editor wrote into a draft, in the transaction of that write. Arguments: version (FrameworkVersion), done ("added",
# "changed", "moved", "removed"), what (words such as "indicator WGLL-1-01 (text)"), by (a user)
draft_edited = Signal()

# Somebody checked words of a version, in the transaction of that write. Arguments: version (FrameworkVersion), what
# (words such as "indicator: 12 (Confirmed)"), by (a user)
wording_checked = Signal()

# Who uses a version? Arguments: version (FrameworkVersion). Receivers return a sequence of lines, one for each round
# that is still to be answered against it; frameworks know no rounds.
running_on = Signal()

# How do members see it? Arguments: version (FrameworkVersion). Receivers return a sequence of (words, address), one for
# each way to look at it; frameworks know no pages on which anybody answers.
previews = Signal()
