"""The pages of confidentiality: restricted records, break-glass, who is involved, roles in words, notices.

What they do is in `foundation/access`, which stands below the page machinery; these pages stand above it.
"""
