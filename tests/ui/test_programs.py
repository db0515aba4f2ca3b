"""Programs as users: a real MCP client over stdio, and Gradio's client over HTTP."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client.session import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client

from tests.browser.running_page import ROOT, environment, free_port, running_page

PASTED = """Which service runs SQL on files in S3 with nothing to manage and nothing to pay between queries?
A. Amazon Redshift with a provisioned cluster
B. Amazon EMR
C. Amazon Athena
D. Amazon RDS"""
NAMES = {"ask", "why_wrong", "quiz", "grade", "progress"}


def test_an_assistant_uses_the_tutor_as_tools(home: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-c", "from ui.cli import main; main()", "mcp"], env=environment(home), cwd=ROOT
    )

    async def talk() -> None:
        with anyio.fail_after(120):
            async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
                await session.initialize()
                tools = (await session.list_tools()).tools
                assert {tool.name for tool in tools} == NAMES
                assert all(tool.description for tool in tools)

                answer = await said(session, "ask", question="What is Amazon Athena?")
                assert answer["claims"][0]["citations"][0]["quote"]
                review = await said(session, "why_wrong", question=PASTED, option="A")
                assert [option["label"] for option in review["options"]] == ["A"]

                quiz = await said(session, "quiz", count=2, topic="Athena")
                first = quiz["questions"][0]
                letters = " ".join(option["label"] for option in first["options"][: first["select"]])
                marked = await said(
                    session, "grade", sitting=quiz["sitting"], question=first["id"], chosen=letters, confidence="sure"
                )
                assert marked["correct"] == (marked["chosen"] == marked["answer"])
                assert len(marked["reasons"]) == len(first["options"])
                assert (await said(session, "progress"))["answers"] == 1

                refused = await session.call_tool("quiz", {"topic": "sourdough bread"})
                assert refused.is_error
                assert "sourdough" in str(refused.content)

    anyio.run(talk)


async def said(session: ClientSession, tool: str, **arguments: object) -> dict[str, Any]:
    result = await session.call_tool(tool, arguments)
    assert not result.is_error, result.content
    found: dict[str, Any] = result.structured_content
    return found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_page(tmp_path_factory.mktemp("home"), free_port()) as (where, _):
        yield where


@pytest.mark.filterwarnings("ignore")
def test_a_program_uses_the_page_over_http(address: str) -> None:
    from gradio_client import Client

    client = Client(address, verbose=False)
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert {name.strip("/") for name in named} == NAMES
    answer = client.predict("What is Amazon Athena?", api_name="/ask")
    assert answer["abstained"] is False
    quiz = client.predict(1, "", "mixed", api_name="/quiz")
    question = quiz["questions"][0]
    letters = "".join(option["label"] for option in question["options"][: question["select"]])
    marked = client.predict(quiz["sitting"], question["id"], letters, "", api_name="/grade")
    assert marked["unanswered"] == []
    assert client.predict(api_name="/progress")["answers"] == 1
    assert client.predict(quiz["sitting"], "no-such", "A", "", api_name="/grade")["error"]
    client.close()
