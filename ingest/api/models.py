"""The official API documentation inside botocore, as Documents. The one module that imports botocore.

Only the models that come with the package are read, not those a user may have added to ~/.aws/models: what is
cited as official must be.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from botocore.exceptions import BotoCoreError
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel

from corpus.api_services import Api
from corpus.documents import Block, BlockKind, Document, Section
from corpus.errors import SourceError
from ingest.api.shapes import Shape, is_worth_a_document, members, parts
from ingest.api.text import ApiText, first_sentence

PREFIX = "aws-api:"
"""How the names of API sources begin; then come the service and, after a slash, the operation or structure."""

OWN_SECTION = 60
"""A parameter with more words has a section of its own, so that its passages carry its name."""

ONE_SECTION = 130
"""A document of no more words is one passage."""

_VERB = re.compile(r"[A-Z][a-z]+|.")


def api_documents(service: str, about: Api | None = None) -> Iterator[Document]:
    """The service's API reference: first the service, then its operations, then their structures.

    Raises:
        SourceError: botocore has no service of that name.
    """
    yield from _Reference(service, about).documents()


def document_names(service: str) -> tuple[str, ...]:
    """The sources of `api_documents`, in their order, without making the documents.

    Raises:
        SourceError: botocore has no service of that name.
    """
    return _Reference(service, None).names()


def model_digest(service: str) -> str:
    """SHA-256 of the files that botocore describes a service in; quick, for nothing is parsed.

    Raises:
        SourceError: botocore has no service of that name.
    """
    loader = _known_services(service)
    digest = hashlib.sha256()
    try:
        folder = Path(Loader.BUILTIN_DATA_PATH, service, loader.determine_latest_version(service, "service-2"))
        for file in sorted(folder.glob("service-2.*")):
            digest.update(file.name.encode() + file.read_bytes())
    except (BotoCoreError, OSError) as error:
        raise _unreadable(service, error) from error
    return digest.hexdigest()


class _Reference:
    """One service's model, and how it is told."""

    def __init__(self, service: str, about: Api | None) -> None:
        self._model = _model(service)
        self._source = f"{PREFIX}{service}"
        meta = self._model.metadata
        name = about.title if about is not None else None
        self._title = f"{name or meta.get('serviceFullName', service)} API"
        # Where botocore's own documentation links; it leads on to the page wherever that is.
        self._goto = f"https://docs.aws.amazon.com/goto/WebAPI/{meta['uid']}" if "uid" in meta else None
        self._pages = about.pages if about is not None else None
        self._is_rest = str(meta.get("protocol", "")).startswith("rest")
        self._structures = {shape.name: shape for shape in _structures(self._model) if is_worth_a_document(shape)}
        self._text = ApiText(frozenset(self._structures))
        self._inputs_say = self._input_documentation()

    def names(self) -> tuple[str, ...]:
        pages = (*self._model.operation_names, *self._structures)
        return (self._source, *(f"{self._source}/{page}" for page in pages))

    def documents(self) -> Iterator[Document]:
        yield self._service()
        for name in self._model.operation_names:
            yield self._operation(self._model.operation_model(name))
        for shape in self._structures.values():
            yield self._structure(shape)

    def _input_documentation(self) -> set[str]:
        """What parameters and structures say: a response need not say it again."""
        operations = (self._model.operation_model(name) for name in self._model.operation_names)
        shapes = [operation.input_shape for operation in operations if operation.input_shape]
        return {member.documentation for shape in (*shapes, *self._structures.values()) for member in members(shape)}

    def _service(self) -> Document:
        names = list(self._model.operation_names)
        lines = [f"- {', '.join(group)}" for _, group in groupby(names, lambda name: _VERB.findall(name)[0])]
        count = f"{self._title} has {len(names)} operations:"
        sections = [
            Section(self._text.documentation(self._model.documentation, self._title)),
            Section((Block(count), Block("\n".join(lines), BlockKind.LIST)), ("Operations",)),
            Section(tuple(self._errors(self._model.error_shapes)), ("Errors",)),
        ]
        return self._document("", sections, self._goto)

    def _errors(self, shapes: Iterable[Shape]) -> Iterator[Block]:
        for shape in shapes:
            status = shape.metadata.get("error", {}).get("httpStatusCode")
            first, *others = self._text.documentation(shape.documentation, self._title) or (Block(""),)
            name = f"{shape.name} (HTTP {status})" if status else shape.name
            yield Block(f"{name}: {first.text}" if first.text else f"{name}.", first.kind)
            yield from others

    def _operation(self, operation: OperationModel) -> Document:
        name = operation.name
        url = self._url(name)
        anchor = f"{url}#{url.rsplit('/', 1)[1].removesuffix('.html')}" if url and self._pages else None
        about = list(self._text.documentation(operation.documentation, name))
        if operation.deprecated:
            about.insert(0, Block("This operation is deprecated."))
        # A REST operation's parameters stand under two headings, in the URI and in the body.
        parameters_url = f"{anchor}_RequestParameters" if anchor and not self._is_rest else url
        sections = [
            Section(tuple(about)),
            *self._fields(operation.input_shape, name, ("Request parameters",), parameters_url),
            Section(
                tuple(self._response(operation.output_shape, name)),
                ("Response elements",),
                url=f"{anchor}_ResponseElements" if anchor else url,
            ),
            Section(
                tuple(_error_lines(operation.error_shapes)), ("Errors",), url=f"{anchor}_Errors" if anchor else url
            ),
        ]
        return self._document(name, sections, url)

    def _structure(self, shape: Shape) -> Document:
        about = Section(self._text.documentation(shape.documentation, shape.name))
        fields = self._fields(shape, shape.name, ("Contents",), self._url(shape.name))
        return self._document(shape.name, [about, *fields], self._url(shape.name))

    def _fields(self, shape: Shape | None, page: str, heading: tuple[str, ...], url: str | None) -> list[Section]:
        """The fields of a structure: first the short ones together, then each long one in a section of its own."""
        required = shape.metadata.get("required", ()) if shape else ()
        short: list[Block] = []
        long: list[Section] = []
        for name, member in shape.members.items() if shape else ():
            blocks = self._text.member(name, member, page, "required" if name in required else "optional")
            if _words(blocks) <= OWN_SECTION:
                short += blocks
            else:
                long.append(Section(tuple(blocks), (*heading, name), url=url))
        return [Section(tuple(short), heading, url=url), *long]

    def _response(self, shape: Shape | None, page: str) -> Iterator[Block]:
        """What comes back; what parameters and structures tell already is only named."""
        known = []
        for name, member in shape.members.items() if shape else ():
            if member.documentation in self._inputs_say:
                known.append(f"{name} ({self._text.type_of(member, 1)})")
            else:
                yield from self._text.member(name, member, page)
        if known:
            yield Block(f"The response has: {', '.join(known)}.")

    def _url(self, name: str) -> str | None:
        if self._pages:
            return f"{self._pages}{name}.html"
        return f"{self._goto}/{name}" if self._goto else None

    def _document(self, name: str, sections: Iterable[Section], url: str | None) -> Document:
        told = _compact([section for section in sections if section.blocks])
        title = f"{self._title} · {name}" if name else self._title
        digest = hashlib.sha256(title.encode())
        for section in told:
            digest.update(repr((section.heading, section.text, section.url or url)).encode())
        source = f"{self._source}/{name}" if name else self._source
        return Document(source, title, told, digest.hexdigest(), "api", url)


def _model(service: str) -> ServiceModel:
    _known_services(service)
    try:
        # A loader of its own: it keeps what it has loaded, and all services together are hundreds of megabytes.
        return ServiceModel(_loader().load_service_model(service, "service-2"), service)
    except (BotoCoreError, OSError, ValueError) as error:
        raise _unreadable(service, error) from error


def _loader() -> Loader:
    return Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


@cache
def _listing() -> Loader:
    """The loader that remembers which services there are, and loads none."""
    return _loader()


def _known_services(service: str) -> Loader:
    """The loader that remembers them, once the service is among them."""
    loader = _listing()
    try:
        known = loader.list_available_services("service-2")
    except (BotoCoreError, OSError) as error:
        raise _unreadable(service, error) from error
    if service in known:
        return loader
    near = difflib.get_close_matches(service.lower().replace(" ", ""), known, n=3)
    raise SourceError(
        f"{PREFIX}{service}",
        "botocore has no service of that name" + (f"; did you mean {' or '.join(near)}?" if near else ""),
        f"Name one of its {len(known)} services, for example {PREFIX}{near[0] if near else known[0]}.",
    )


def _unreadable(service: str, error: Exception) -> SourceError:
    return SourceError(
        f"{PREFIX}{service}", f"botocore's documentation cannot be read: {error}", "Install botocore again."
    )


def _structures(model: ServiceModel) -> list[Shape]:
    """Structures that others hold; those that are only a request or a response are told with their operation."""
    held: dict[str, Shape] = {}
    for name in model.shape_names:
        for part in parts(model.shape_for(name)):
            if part.type_name == "structure" and not part.metadata.get("exception"):
                held.setdefault(part.name, part)
    return [model.shape_for(name) for name in sorted(held)]  # anew: a member's docstring hides its structure's


def _error_lines(shapes: Iterable[Shape]) -> Iterator[Block]:
    """An operation's errors, each with how its description begins; the service's document has all of it."""
    lines = [f"- {shape.name}: {first_sentence(shape.documentation)}".removesuffix(": ") for shape in shapes]
    if lines:
        yield Block("\n".join(lines), BlockKind.LIST)


def _compact(sections: list[Section]) -> tuple[Section, ...]:
    """The sections, or one that holds them all when they are short: many operations have little to say."""
    if len(sections) < 2 or sum(_words(section.blocks) for section in sections) > ONE_SECTION:
        return tuple(sections)
    blocks: list[Block] = []
    for section in sections:
        blocks += [Block(f"{section.heading[0]}:")] if section.heading else []
        blocks += section.blocks
    return (Section(tuple(blocks)),)


def _words(blocks: Iterable[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)
