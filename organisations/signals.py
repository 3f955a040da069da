"""What apps above this one may want to know of."""

from django.dispatch import Signal

# A person has been anonymised, in the transaction of that write. Arguments: person (User), removed (dict).
# A receiver deletes what it holds that was that person's alone, and adds to `removed` what kind of thing → how many.
person_anonymised = Signal()

# Two accounts are about to become one, in the transaction of that write. Arguments: keep, other (both User).
# A receiver moves what hangs on `other` to `keep`. It raises `organisations.duplicates.CannotMerge` where that would
# lose something; then nothing is merged.
people_merging = Signal()
