"""What went wrong at a model's provider, in our words: never in its own, which may quote a key."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from corpus.errors import ModelBusyError, ModelError, ModelRequestError

_KEY = "Check the key in the environment."
_SETTINGS = "Check the settings model and model_url."
# Under the names of langchain_core.exceptions, which takes most of a second to import.
_FOR_NOW = {
    "ModelRateLimitError": ("has too much to do", ""),
    "ModelAPIError": ("failed on its server", ""),
    "ModelConnectionError": ("cannot be reached", "Check the network and the setting model_url."),
    "ConnectionError": ("cannot be reached", "Check the network and the setting model_url."),
}
_FOR_GOOD = {
    "ModelTimeoutError": ("did not answer in time", ""),
    "ModelAuthenticationError": ("refused the key", _KEY),
    "ModelPermissionDeniedError": ("refused the key", _KEY),
    "ModelNotFoundError": ("is not known there", _SETTINGS),
    "ContextOverflowError": ("cannot read that much at once", "Use a model with a longer context."),
}
_FORM_STATUSES = {400, 405, 415, 422, 501}


def translated(error: Exception) -> ModelError:
    """Our error for one of a provider's: by LangChain's classes of errors and by HTTP status."""
    status = getattr(error, "status_code", None)
    said = f" (HTTP {status})" if isinstance(status, int) else ""
    kinds = [kind.__name__ for kind in type(error).__mro__]
    if found := _first(kinds, _FOR_NOW):
        return ModelBusyError(found[0] + said, found[1], retry_after=_retry_after(error))
    if found := _first(kinds, _FOR_GOOD):
        return ModelError(found[0] + said, found[1])
    if "ModelInvalidRequestError" in kinds or status in _FORM_STATUSES:
        return ModelRequestError(f"did not take the request{said}", _SETTINGS)
    return ModelError(f"failed ({type(error).__name__}){said}")


def _first(kinds: list[str], table: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    return next((table[kind] for kind in kinds if kind in table), None)


def _retry_after(error: Exception) -> float | None:
    """The seconds that the response's Retry-After names (RFC 9110, 10.2.3), or None.

    A date is counted from the response's own Date, so that no clock of ours comes into it.
    """
    headers = getattr(getattr(error, "response", None), "headers", {})
    value = str(headers.get("retry-after", "")).strip()
    if value.isdecimal():
        return float(value)
    try:
        until, sent = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - sent).total_seconds())
    except (TypeError, ValueError):
        return None
