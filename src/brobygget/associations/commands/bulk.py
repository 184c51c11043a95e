"""Many rows at once: made ready while nobody has to wait, written in one short breath.

The ordinary way asks every field of every row again while it writes. With SQLite's one write lock the whole house
waits meanwhile, and for 30,000 associations that took most of a minute. Here keys are drawn and values are made
ready before the transaction begins, and the transaction only hands them over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.deletion import get_candidate_relations_to_delete

# Types that a column of this kind takes as they are; everything else goes through the field itself.
_AS_IT_IS: Mapping[type[models.Field[Any, Any]], tuple[type, ...]] = {
    models.CharField: (str,),
    models.EmailField: (str,),
    models.TextField: (str,),
    models.PositiveIntegerField: (int,),
    models.PositiveSmallIntegerField: (int,),
    models.SmallIntegerField: (int,),
    models.BooleanField: (bool,),
    models.FloatField: (float,),
    models.BigAutoField: (int,),
    models.ForeignKey: (int,),
    models.OneToOneField: (int,),
}
KEYS_AT_ONCE = 500
WORTH_LAYING = 200
_numbers = count(1)


@dataclass
class Rows:
    """Rows of one table, ready for the database: new ones, or what columns of old ones say from now on."""

    model: type[models.Model]
    names: Sequence[str]  # the columns that are given, in order; of old rows the key stands last
    values: list[tuple[Any, ...]]
    are_new: bool = True
    laid_in: str = ""

    def lay_ready(self) -> None:
        """Put many rows into a table of this connection's own, outside the transaction that will take them over.

        Under SQLite that transaction is then four times shorter, and nobody else can write during it.
        """
        if connection.vendor != "sqlite" or len(self.values) < WORTH_LAYING or self.laid_in:
            return
        self.laid_in = f"ready_{next(_numbers)}"
        columns = ", ".join(self._columns)
        _run(f"CREATE TEMP TABLE {self.laid_in} AS SELECT {columns} FROM {_table(self.model)} WHERE 0", [])  # noqa: S608
        is_alone = not connection.in_atomic_block
        if is_alone:  # not `atomic`, which would take the lock of the database itself
            _run("BEGIN", [])
        self._insert_into(f"temp.{self.laid_in}")
        if is_alone:
            _run("COMMIT", [])

    def write(self) -> None:
        """Hand them over, in the caller's transaction."""
        table, key = _table(self.model), _quoted(self.model._meta.pk.column)
        columns = list(self._columns)
        if self.laid_in and self.are_new:
            _run(f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM temp.{self.laid_in}", [])  # noqa: S608
        elif self.laid_in:
            setting = ", ".join(f"{name} = laid.{name}" for name in columns[:-1])
            said = f"UPDATE {table} SET {setting} FROM temp.{self.laid_in} AS laid"  # noqa: S608 -- names of our tables
            _run(f"{said} WHERE {table}.{key} = laid.{key}", [])
        elif self.are_new:
            self._insert_into(table)
        elif self.values:
            setting = ", ".join(f"{name} = %s" for name in columns[:-1])
            _run_for_each(f"UPDATE {table} SET {setting} WHERE {key} = %s", self.values)  # noqa: S608

    def put_away(self) -> None:
        """Forget what was laid ready."""
        if self.laid_in:
            _run(f"DROP TABLE IF EXISTS temp.{self.laid_in}", [])
            self.laid_in = ""

    @property
    def _columns(self) -> list[str]:
        return [_quoted(_column(self.model, name)) for name in self.names]

    def _insert_into(self, table: str) -> None:
        places = ", ".join(["%s"] * len(self.names))
        if self.values:
            _run_for_each(
                f"INSERT INTO {table} ({', '.join(self._columns)}) VALUES ({places})",  # noqa: S608
                self.values,
            )


@contextmanager
def laid_ready(listed: Sequence[Rows]) -> Iterator[None]:
    """Rows laid ready for the transaction inside, and put away after it."""
    try:
        for rows in listed:
            rows.lay_ready()
        yield
    finally:
        if not connection.needs_rollback:
            for rows in listed:
                rows.put_away()


def draw_keys(model: type[models.Model], wanted: int) -> list[int]:
    """As many keys as wanted, that nobody else will get; those not used are lost, and nothing comes of it."""
    if not wanted:
        return []
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [_quoted(table), model._meta.pk.column, wanted],
            )
            return [key for (key,) in cursor.fetchall()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        if row is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, wanted])
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + wanted, table])
    return list(range(last + 1, last + wanted + 1))


def ready(model: type[models.Model], given: Sequence[Mapping[str, Any]]) -> Rows:
    """Rows from their values by column (`house_id`, not `house`), the same columns in each.

    What is not given is as the model says; a key that is not given is the database's to draw when it is written.
    """
    columns = list(model._meta.concrete_fields)
    if given and model._meta.pk.attname not in given[0] and isinstance(model._meta.pk, models.AutoField):
        columns = [column for column in columns if not column.primary_key]
    names = [column.attname for column in columns]
    if not given:
        return Rows(model, names, [])
    makers_here = makers(model)
    plan = [
        (column.attname, makers_here[column.attname], None)
        if column.attname in given[0]
        else ("", None, makers_here[column.attname](column.get_default()))
        for column in columns
    ]
    made = [tuple(make(row[name]) if make else usual for name, make, usual in plan) for row in given]
    return Rows(model, names, made)


def updates(model: type[models.Model], names: Sequence[str], given: Iterable[tuple[Any, ...]]) -> Rows:
    """What columns of rows say from now on: their new values, made ready with `makers`, and the key last."""
    return Rows(model, [*names, model._meta.pk.attname], list(given), are_new=False)


def makers(model: type[models.Model]) -> dict[str, Callable[[Any], Any]]:
    """What makes a value of each column ready for the database."""
    return {column.attname: _maker(column) for column in model._meta.concrete_fields}


def delete(model: type[models.Model], column: str, keys: Sequence[int]) -> None:
    """Delete rows by a key, with all that hangs from them, as the models say."""
    for batch in batches(keys):
        places = ", ".join(["%s"] * len(batch))
        _delete(model, f"{_quoted(_column(model, column))} IN ({places})", batch)


def batches(listed: Sequence[Any], size: int = KEYS_AT_ONCE) -> Iterator[Sequence[Any]]:
    """A long list in pieces."""
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def _delete(model: type[models.Model], where: str, params: Sequence[int]) -> None:
    relations: Iterable[Any] = get_candidate_relations_to_delete(model._meta)
    for relation in relations:
        child, column = relation.related_model, _quoted(relation.field.column)
        mine = _quoted(relation.field.target_field.column)
        hanging = f"{column} IN (SELECT {mine} FROM {_table(model)} WHERE {where})"  # noqa: S608 -- names of our tables
        if relation.on_delete is models.CASCADE:
            _delete(child, hanging, params)
        elif relation.on_delete is models.SET_NULL:
            _run(f"UPDATE {_table(child)} SET {column} = NULL WHERE {hanging}", params)  # noqa: S608
        else:
            raise NotImplementedError(f"{child.__name__} must be asked before a {model.__name__} goes")
    _run(f"DELETE FROM {_table(model)} WHERE {where}", params)  # noqa: S608


def _maker(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    as_it_is = _AS_IT_IS.get(type(field), ())
    prepared, here = field.get_db_prep_save, connections[DEFAULT_DB_ALIAS]

    def made(value: Any) -> Any:
        return value if value is None or type(value) in as_it_is else prepared(value, here)

    return made


def _run(statement: str, params: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _run_for_each(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _table(model: type[models.Model]) -> str:
    return _quoted(model._meta.db_table)


def _column(model: type[models.Model], name: str) -> str | None:
    return next(field.column for field in model._meta.concrete_fields if field.attname == name)


def _quoted(name: str | None) -> str:
    return str(connection.ops.quote_name(name or ""))
