"""What providers raise, in our words and without theirs."""

from __future__ import annotations

import pytest
from langchain_core import exceptions as known

from corpus.errors import ModelBusyError, ModelError, ModelRequestError
from tutor.engines import provider_errors
from tutor.engines.provider_errors import translated

KEY = "sk-secret"
KINDS = [kind for kind in vars(known).values() if isinstance(kind, type) and issubclass(kind, known.ModelError)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_of_langchain_s_errors_is_ours_and_keeps_what_may_be_secret(kind: type[known.ModelError]) -> None:
    ours = translated(kind(KEY))
    assert isinstance(ours, ModelError)
    assert KEY not in str(ours)
    # a timeout has already cost the learner the wait
    assert isinstance(ours, ModelBusyError) == (kind.is_retryable and kind is not known.ModelTimeoutError)


def test_every_name_in_the_tables_is_an_error_that_exists() -> None:
    names = {*provider_errors._FOR_NOW, *provider_errors._FOR_GOOD} - {"ConnectionError"}
    assert names <= set(vars(known))


def test_others_are_known_by_their_status_or_named() -> None:
    class OddError(Exception):
        status_code = 422

    assert isinstance(translated(OddError(KEY)), ModelRequestError)
    assert str(translated(ZeroDivisionError(KEY))) == "failed (ZeroDivisionError)"
    assert isinstance(translated(ConnectionRefusedError(KEY)), ModelBusyError)
