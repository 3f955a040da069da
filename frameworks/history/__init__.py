"""Who changed which wording when, with the words before: kept, read, and put back into a draft. docs/adr/0013."""
