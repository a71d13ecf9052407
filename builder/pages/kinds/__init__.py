"""The kinds of pages, a module each: from what a shaper offers to pages that are planned.

`pages` of a module says which pages there are, at no cost; what they show is made by the functions
that it hands on.
"""
