"""What is private, not out yet or no longer there is on no surface of the portal: all of them are walked, in one place.

Works are open, found, packed and cached (`works`), and then each is closed in another way (`closing`). What tells of
one holds its own word, its own address or its file's name (`telling`): none of them may be in an answer to somebody who
isn't signed in, and what lists or counts works must answer as it did before they came. A new address in the portal
needs an entry in `addresses.SURFACES`.
"""
