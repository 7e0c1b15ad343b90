"""Where, when and by whose word: for each claim its place, its days and its speaker, from anywhere on the page.

In: the sentences as told and the claims drafted from them. Out: the same claims with these three filled, each
graded by how it is known (`stated`, `carried`, `presumed`), or left empty.
"""
