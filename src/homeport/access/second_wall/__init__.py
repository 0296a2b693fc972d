"""The second wall: PostgreSQL's row-level security, behind the one answer of this room.

Should a query ever forget to ask who may see what, the database still gives the web role no clinical row without a person
set for the transaction, and with one only what may concern that person. It is coarser than the table it is cut from, and
never finer: whatever the first wall shows passes the second.

functions.py   which cases, rows and children concern the person, read by the owner's functions so that nobody can lie
policies.py    the rule of each clinical kind, cut from ``homeport.access.table``
grants.py      what the web role and the worker may do to which table
raising.py     puts all of it in place after every migration; a new kind of clinical row is walled by being declared
standing.py    whether it stands, for `homeport doctor` and before pages are served
"""
