"""The API reference inside botocore: its words, its addresses, and its way into the library."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.api_services import FILE_NAME, Api, api_services, load_api_services
from corpus.documents import Block, BlockKind, Document, Section
from corpus.errors import PackError, SourceError
from corpus.exam_pack import ExamPack, load_pack, pack_names
from corpus.library import Library
from ingest.api import marks, models
from ingest.api import pipeline as api_pipeline
from ingest.api.models import api_documents, document_names
from ingest.api.pipeline import ingest_api
from ingest.pipeline import Status, Step
from ingest.readers.html import blocks_of
from tests.conftest import NOW, SMALL_PACK

PAGES = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_"
HTML_TAG = re.compile(r"</?(?:p|code|li|ul|ol|a|i|b|note|important|dl|dt|dd|fullname|div|br)(?:\s[^<>]*)?/?>", re.I)


@pytest.fixture(scope="module")
def kinesis() -> dict[str, Document]:
    about = Api(id="kinesis", title="Amazon Kinesis Data Streams", pages=PAGES)
    return {document.source: document for document in api_documents("kinesis", about)}


@pytest.fixture(scope="module")
def sagemaker() -> dict[str, Document]:
    return {document.source: document for document in api_documents("sagemaker")}


@pytest.fixture(scope="module")
def exam_packs() -> list[ExamPack]:
    """The packs with an `api_services.toml`."""
    return [pack for pack in map(load_pack, pack_names()) if (pack.folder / FILE_NAME).is_file()]


@pytest.fixture
def pack_with_apis(tmp_path: Path) -> ExamPack:
    """The small pack with two services in scope, one of which has two small APIs."""
    folder = Path(shutil.copytree(SMALL_PACK, tmp_path / "small_pack"))
    with (folder / "blueprint.toml").open("a") as blueprint:
        blueprint.write('\n[[services.in_scope]]\ncategory = "Tea"\nnames = ["Samovar", "Cup"]\n')
    (folder / FILE_NAME).write_text(
        '[[services]]\nname = "Samovar"\napi = ["sagemaker-metrics", "forecastquery"]\n\n'
        '[[services]]\nname = "Cup"\napi = []\nreason = "A cup has no API."\n'
    )
    return load_pack(folder)


def section(document: Document, *heading: str) -> Section:
    return next(section for section in document.sections if section.heading == heading)


def text_of(document: Document, name: str) -> str:
    """The block that tells of one parameter or field."""
    blocks = [block.text for section in document.sections for block in section.blocks]
    return next(text for text in blocks if text.startswith(f"{name} ("))


# What is said ------------------------------------------------------------------------------------------


def test_a_parameter_has_its_type_need_limits_and_pattern(kinesis: dict[str, Document]) -> None:
    put = kinesis["aws-api:kinesis/PutRecord"]
    assert text_of(put, "StreamName") == (
        "StreamName (string, optional, 1 to 128 characters, pattern [a-zA-Z0-9_.-]+): "
        "The name of the stream to put the data record into."
    )
    assert re.match(r"Data \(binary data, required, 0 to \d+ bytes\): The data blob to put", text_of(put, "Data"))
    assert text_of(put, "PartitionKey").startswith("PartitionKey (string, optional, 1 to 256 characters): Determines")


def test_an_operation_says_what_it_does_returns_and_refuses(kinesis: dict[str, Document]) -> None:
    put = kinesis["aws-api:kinesis/PutRecord"]
    assert put.title == "Amazon Kinesis Data Streams API · PutRecord"
    assert put.kind == "api"
    assert put.text.startswith("Writes a single data record into an Amazon Kinesis data stream.")
    assert text_of(put, "ShardId").endswith("The shard ID of the shard where the data record was placed.")
    (errors,) = section(put, "Errors").blocks
    assert errors.kind is BlockKind.LIST
    # How the description begins; all of it is in the service's document.
    line = "ProvisionedThroughputExceededException: The request rate for the stream is too high, or the requested data"
    assert f"- {line}" in errors.text
    about_errors = section(kinesis["aws-api:kinesis"], "Errors").text
    assert line in about_errors
    assert "Reduce the frequency or size of your requests." in about_errors


def test_notes_begin_with_their_kind(kinesis: dict[str, Document]) -> None:
    assert "Note: When invoking this API, you must use either" in kinesis["aws-api:kinesis/PutRecord"].text


def test_an_enumeration_is_told_with_its_values_and_what_they_mean(sagemaker: dict[str, Document]) -> None:
    # CreateTrainingJob takes the input mode within its AlgorithmSpecification, which has a document of its own.
    specification = text_of(sagemaker["aws-api:sagemaker/CreateTrainingJob"], "AlgorithmSpecification")
    assert specification.startswith("AlgorithmSpecification (AlgorithmSpecification object, ")
    mode = text_of(sagemaker["aws-api:sagemaker/AlgorithmSpecification"], "TrainingInputMode")
    assert mode.startswith("TrainingInputMode (string, required, one of Pipe, File, FastFile)")


def test_a_long_enumeration_is_listed_once_a_service(sagemaker: dict[str, Document]) -> None:
    listed = [d.source for d in sagemaker.values() if "Values of TrainingInstanceType:" in d.text]
    assert len(listed) == 1
    assert re.search(r"[-,] ml\.p3\.2xlarge\b", sagemaker[listed[0]].text)
    types = text_of(sagemaker["aws-api:sagemaker/ResourceConfig"], "InstanceType")
    assert re.search(r"one of \d+ values of TrainingInstanceType", types)


def test_a_service_lists_its_operations(kinesis: dict[str, Document]) -> None:
    document = kinesis["aws-api:kinesis"]
    assert "\n- MergeShards\n- PutRecord, PutRecords, PutResourcePolicy\n" in section(document, "Operations").text


def test_a_structure_has_a_document_and_a_small_one_stands_where_it_is_used(kinesis: dict[str, Document]) -> None:
    shard = kinesis["aws-api:kinesis/Shard"]
    assert shard.text.startswith("A uniquely identified group of data records in a Kinesis data stream.")
    assert "ParentShardId (string, optional, 1 to 128 characters" in shard.text
    # ChildShard and Shard are told; requests and responses only with their operation.
    assert "aws-api:kinesis/PutRecordInput" not in kinesis


def test_a_long_documentation_is_said_once_a_service() -> None:
    documents = {document.source: document for document in api_documents("redshift")}
    create = text_of(documents["aws-api:redshift/CreateCluster"], "EnhancedVpcRouting")
    modify = text_of(documents["aws-api:redshift/ModifyCluster"], "EnhancedVpcRouting")
    assert modify.endswith("(More under CreateCluster.)")
    assert modify.removesuffix(" (More under CreateCluster.)") in create


@pytest.mark.parametrize("service", ["kinesis", "glue", "rekognition"])
def test_no_tags_are_left_and_no_two_documents_share_a_name(service: str) -> None:
    documents = list(api_documents(service))
    assert [tag for document in documents for tag in HTML_TAG.findall(document.text)] == []
    assert all(document.text.strip() for document in documents)
    assert tuple(document.source for document in documents) == document_names(service)
    assert len({document.source.casefold() for document in documents}) == len(documents)


def test_the_same_model_gives_the_same_documents(kinesis: dict[str, Document]) -> None:
    again = api_documents("kinesis", Api(id="kinesis", title="Amazon Kinesis Data Streams", pages=PAGES))
    assert {document.source: document.sha256 for document in again} == {
        source: document.sha256 for source, document in kinesis.items()
    }


def test_a_fragment_of_html_becomes_blocks() -> None:
    html = (
        "<p>Use <code>a &lt; b</code>\n only.</p><note><p>Not <i>c</i>.</p></note><ul><li><p>One</p></li><li>Two</ul>"
    )
    assert blocks_of(html) == (
        Block("Use a < b only."),
        Block("Note: Not c."),
        Block("- One\n- Two", BlockKind.LIST),
    )
    assert blocks_of("plain & simple") == (Block("plain & simple"),)
    assert blocks_of(" ") == ()
    assert blocks_of("<h2>Limits</h2><important>Ten.</important>") == (Block("Limits"), Block("Important: Ten."))


# Where it stands ----------------------------------------------------------------------------------------


def test_an_operation_is_cited_by_its_page(kinesis: dict[str, Document]) -> None:
    put = kinesis["aws-api:kinesis/PutRecord"]
    assert put.url == f"{PAGES}PutRecord.html"
    assert section(put, "Errors").url == f"{PAGES}PutRecord.html#API_PutRecord_Errors"
    assert section(put, "Request parameters").url == f"{PAGES}PutRecord.html#API_PutRecord_RequestParameters"
    assert kinesis["aws-api:kinesis/Shard"].url == f"{PAGES}Shard.html"


def test_without_a_known_page_the_address_is_botocores_own(sagemaker: dict[str, Document]) -> None:
    goto = "https://docs.aws.amazon.com/goto/WebAPI/sagemaker-2017-07-24"
    assert sagemaker["aws-api:sagemaker"].url == goto
    assert sagemaker["aws-api:sagemaker/CreateTrainingJob"].url == f"{goto}/CreateTrainingJob"


@pytest.mark.parametrize("name", ["kinesiss", "Kinesis", "kinesis ", "../kinesis"])
def test_an_unknown_service_names_the_nearest(name: str) -> None:
    with pytest.raises(SourceError, match="no service of that name; did you mean kinesis") as caught:
        next(api_documents(name))
    assert caught.value.source == f"aws-api:{name}"


@pytest.mark.parametrize("name", ["", "qqqqqqqqq"])
def test_a_name_near_no_service_is_refused_as_well(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        document_names(name)
    assert caught.value.problem == "botocore has no service of that name"
    assert re.match(r"Name one of its \d+ services, for example aws-api:\w+", caught.value.hint)


# The pack's table ---------------------------------------------------------------------------------------


def test_every_service_in_scope_has_a_row_and_every_api_loads(exam_packs: list[ExamPack]) -> None:
    assert exam_packs
    for pack in exam_packs:
        table = load_api_services(pack)  # it raises where a service in scope has no row
        in_scope = {name for category in pack.exam.services.in_scope for name in category.names}
        assert {service.name for service in table.services} == in_scope
        assert all(len(document_names(name)) > 2 for name in table.names)
        assert {api.id for api in table.apis} <= set(table.names)
        assert all(service.reason for service in table.services if not service.api)


def test_apis_behind_several_services_come_once(exam_packs: list[ExamPack]) -> None:
    for pack in exam_packs:
        names = api_services(pack)
        assert len(names) == len(set(names))
        assert {"sagemaker", "sagemaker-runtime", "kinesis", "ec2", "s3"} <= set(names)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('reason = "A cup has no API."', "", r":5: services\[1\]: 'Cup' has no api; add a reason why"),
        ('"Samovar"', '"Kettle"', r":2: services\[0\].name: 'Kettle' is not a service in the blueprint's scope"),
        ('"Samovar"', '"Cup"', r":6: services\[1\].name: 'Cup' stands twice"),
        ("reason", "reasons", r":8: services\[1\].reasons: unknown key; did you mean 'reason'"),
    ],
)
def test_a_wrong_table_is_refused_by_line(pack_with_apis: ExamPack, old: str, new: str, problem: str) -> None:
    file = pack_with_apis.folder / FILE_NAME
    file.write_text(file.read_text().replace(old, new, 1))
    with pytest.raises(PackError, match=problem) as caught:
        load_api_services(pack_with_apis)
    assert caught.value.file == file


def test_a_service_in_scope_without_a_row_is_named(pack_with_apis: ExamPack) -> None:
    (pack_with_apis.folder / FILE_NAME).write_text("")
    with pytest.raises(PackError, match="no row for Samovar, Cup, in the blueprint's scope"):
        load_api_services(pack_with_apis)


# Into the library ---------------------------------------------------------------------------------------


def test_an_error_is_found_with_the_operation_that_raises_it(library: Library, exam_packs: list[ExamPack]) -> None:
    report = ingest_api("kinesis", exam_packs[0], library, now=NOW)
    assert {source.status for source in report.sources} == {Status.ADDED}
    hits = library.search("ProvisionedThroughputExceededException", 50)
    assert all("ProvisionedThroughputExceededException" in hit.chunk.text for hit in hits[:3])
    assert "aws-api:kinesis/PutRecord" in {hit.chunk.source for hit in hits}
    hit = library.search("PutRecord StreamName characters pattern")[0]
    assert hit.chunk.source.startswith("aws-api:kinesis/PutRecord")
    assert (hit.chunk.location.url or "").startswith(f"{PAGES}PutRecord")


def test_what_has_not_changed_stays_and_what_is_gone_is_removed(
    library: Library, small_pack: ExamPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[Step] = []
    first = ingest_api("forecastquery", small_pack, library, now=NOW, on_step=steps.append)
    names = [source.path for source in first.sources]
    assert names[:3] == [f"aws-api:forecastquery{part}" for part in ("", "/QueryForecast", "/QueryWhatIfForecast")]
    assert [(step.done, step.total) for step in steps] == [(n, len(names)) for n in range(1, len(names) + 1)]
    again = ingest_api("forecastquery", small_pack, library, now=NOW)
    assert {source.status for source in again.sources} == {Status.UNCHANGED}
    # Another service whose name begins alike is not taken for a part of this one.
    other = replace(next(api_documents("forecast")), source="aws-api:forecastquery2/QueryForecast")
    api_pipeline.ingest_document(other, library, now=NOW)
    kept = [document for document in api_documents("forecastquery") if document.source != names[1]]
    monkeypatch.setattr(marks, "model_digest", lambda _: "botocore's next version")
    monkeypatch.setattr(api_pipeline, "api_documents", lambda *_: iter(kept))
    third = ingest_api("forecastquery", small_pack, library, now=NOW)
    assert [source.path for source in third.sources if source.status is Status.REMOVED] == [names[1]]
    assert library.source(names[1]) is None
    assert library.source(other.source) is not None


def test_a_service_that_has_not_changed_is_not_parsed(
    library: Library, small_pack: ExamPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ingest_api("forecastquery", small_pack, library, now=NOW)
    with monkeypatch.context() as unreadable:
        unreadable.setattr(models, "_model", lambda _: pytest.fail("it was parsed"))
        steps: list[Step] = []
        again = ingest_api("forecastquery", small_pack, library, now=NOW, on_step=steps.append)
    assert {(r.path, r.chunks) for r in again.sources} == {(r.path, r.chunks) for r in first.sources}
    assert {r.status for r in again.sources} == {Status.UNCHANGED}
    assert steps[-1].done == steps[-1].total == len(first.sources)
    # A document that was forgotten comes back, and what the pack says of a service is a part of it.
    gone = first.sources[1].path
    library.remove(gone)
    status = {
        report.path: report.status for report in ingest_api("forecastquery", small_pack, library, now=NOW).sources
    }
    assert [path for path, what in status.items() if what is Status.ADDED] == [gone]
    records = marks.records_by_service(library.sources())["forecastquery"]
    assert marks.is_current("forecastquery", None, library, records, "")
    assert not marks.is_current("forecastquery", Api(id="forecastquery", title="Today's name"), library, records, "")
    assert not marks.is_current("kinesis", None, library, [], "")


def test_exam_takes_all_services_of_the_pack(library: Library, pack_with_apis: ExamPack) -> None:
    report = ingest_api("exam", pack_with_apis, library, now=NOW)
    assert not report.failed
    assert {source.path.split("/")[0] for source in report.sources} == {
        "aws-api:sagemaker-metrics",
        "aws-api:forecastquery",
    }


def test_a_service_that_is_not_there_is_in_the_report_and_the_others_go_on(
    library: Library, pack_with_apis: ExamPack, small_pack: ExamPack
) -> None:
    file = pack_with_apis.folder / FILE_NAME
    file.write_text(file.read_text().replace('"sagemaker-metrics"', '"sagemaker-metrix"'))
    steps: list[Step] = []
    report = ingest_api("exam", pack_with_apis, library, now=NOW, on_step=steps.append)
    (failure,) = report.failed
    assert failure.path == "aws-api:sagemaker-metrix"
    assert "did you mean sagemaker-metrics" in failure.reason
    assert len(report.sources) > 3
    assert steps[-1].done == steps[-1].total == len(report.sources)
    (none,) = ingest_api("exam", small_pack, library, now=NOW).failed
    assert "names no APIs" in none.reason
