"""A cross-encoder of eight dimensions, whose every score can be worked out by hand.

All its weights are 0, but for these. One word, the favourite, has the vector (1, 0, …); normalised, as after every step
of BERT, that is (√7, −1/√7, …), and 0 stays 0. Attention, which looks at all tokens alike, passes on their mean;
normalised again, that is (√7, …) if the favourite is among them, however many others there are. The pooler takes the
first dimension's tanh, and the classifier passes it on: a pair that holds the favourite scores tanh(√7), another 0.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

HELD = math.tanh(math.sqrt(7))
"""The score of a pair that holds the favourite."""

TOKENS = 32
"""How many tokens of a pair it reads, the three special ones among them."""

DIMENSION = 8


def make_cross_encoder(folder: Path, words: str, favourite: str = "", *, labels: int = 1) -> Path:
    """Save one that knows these words; with no favourite every score is 0."""
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(words.lower().split())]
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=DIMENSION,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=DIMENSION,
        max_position_embeddings=TOKENS,
        num_labels=labels,
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            weights.fill_(float("LayerNorm.weight" in name))
        layer, bert = model.bert.encoder.layer[0], model.bert
        if favourite:
            bert.embeddings.word_embeddings.weight[vocabulary.index(favourite), 0] = 1.0
        for passed_on in (layer.attention.self.value, layer.attention.output.dense):
            passed_on.weight.copy_(torch.eye(DIMENSION))
        bert.pooler.dense.weight[0, 0] = 1.0
        model.classifier.weight[:, 0] = 1.0
    model.save_pretrained(folder)
    BertTokenizerFast(vocab={word: place for place, word in enumerate(vocabulary)}).save_pretrained(folder)
    return folder
