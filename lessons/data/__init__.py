"""Data sets: the diabetes study that is shipped, and the lecturer's own file or table.

A CSV file is data and nothing else: nothing in it is evaluated. What is read goes one way::

    source    a name            -> bytes      shipped, brought along by a job, or a file
    decoding  bytes             -> text       which encoding it is in
    dialect   text              -> cells      what stands between them
    cells     cells of a column -> numbers    and words, where a cell holds no number
    csv_table                   -> Table      all of that
    frames    a Python table    -> Table      pandas, polars or a dictionary of arrays
    choose    Table             -> the columns that a lesson uses
    design    columns           -> Design     numbers, checked; rows without a value dropped

What had to be guessed or was left out is said in :attr:`Design.reading`, and no lesson prints.
"""

from regviz.lessons.data.design import SHIPPED, Design, read_design
from regviz.lessons.data.source import in_hand

__all__ = ["SHIPPED", "Design", "in_hand", "read_design"]
