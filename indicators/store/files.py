"""The workbooks that revisions were published from, and what was answered about their layouts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from indicators.errors import NotFound
from indicators.store.connection import Store
from indicators.store.schema import remembered_answers, revision_files


@dataclass(frozen=True)
class UploadedFile:
    """A file as somebody uploaded it."""

    name: str
    content: bytes

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the content."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Learned:
    """Answers about files of one layout, by question."""

    layout: str
    answers: Mapping[str, str]


def read_file(store: Store, revision: int) -> UploadedFile:
    """The workbook that a revision was published from. Raises NotFound("revision.file")."""
    query = select(revision_files.c.name, revision_files.c.content).where(revision_files.c.revision == revision)
    with store.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise NotFound("revision.file", found=revision)
    return UploadedFile(row.name, bytes(row.content))


def list_files(store: Store) -> dict[int, str]:
    """Name of the workbook by revision, for revisions that have one."""
    with store.reading() as connection:
        rows = connection.execute(select(revision_files.c.revision, revision_files.c.name)).all()
    return {int(row.revision): row.name for row in rows}


def read_answers(store: Store, layout: str) -> dict[str, str]:
    """What was answered about files of this layout, by question."""
    table = remembered_answers.c
    with store.reading() as connection:
        rows = connection.execute(select(table.question, table.answer).where(table.layout == layout)).all()
    return {row.question: row.answer for row in rows}


def write_file(connection: Connection, revision: int, file: UploadedFile) -> None:
    """Keep the workbook of a revision, in the transaction that publishes it."""
    connection.execute(insert(revision_files).values(revision=revision, name=file.name, content=file.content))


def write_answers(connection: Connection, learned: Learned) -> None:
    """Remember answers in place of earlier ones to the same questions."""
    table = remembered_answers.c
    for question, answer in learned.answers.items():
        connection.execute(delete(remembered_answers).where(table.layout == learned.layout, table.question == question))
        connection.execute(insert(remembered_answers).values(layout=learned.layout, question=question, answer=answer))
