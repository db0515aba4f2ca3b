"""The form that begins a quiz: what to practise, how many questions."""

from __future__ import annotations

from corpus.exam_pack import ExamPack
from ui.page.citations import escaped

COUNTS = (5, 10, 20)

_FORM = """<form class="question-card" data-do="start"><h3>A new quiz</h3>
<fieldset class="picks"><legend>What to practise</legend>
<label><input type="radio" name="choice" value="weak" checked><span><b>Weak spots</b>
The tasks where practice gains you most</span></label>
<label><input type="radio" name="choice" value="due"><span><b>Due for review</b>
What you missed, at the right time</span></label>
<label><input type="radio" name="choice" value="mixed"><span><b>As in the exam</b>
All domains by their weight</span></label>
<label><input type="radio" name="choice" value="topic"><span><b>A topic</b>
A service, a task, your own words</span></label>
</fieldset>
<div class="line fields"><label for="topic">Topic</label>
<input id="topic" name="topic" list="topics" autocomplete="off" placeholder="for example: streaming" data-picks="topic">
<datalist id="topics">{topics}</datalist>
<label for="count">Questions</label><select id="count" name="count">{counts}</select>
<label class="check"><input type="checkbox" name="generated" value="1"> Only newly made scenarios</label></div>
<div class="line end"><button type="submit" class="primary">Start</button></div></form>"""
_COUNTS = "".join(f"<option{' selected' if count == 10 else ''}>{count}</option>" for count in COUNTS)


def quiz_form(pack: ExamPack) -> str:
    """The form for one exam; it knows its tasks and cards by name."""
    return _FORM.format(topics=_topics(pack), counts=_COUNTS)


def _topics(pack: ExamPack) -> str:
    names = [task.title for task in pack.exam.tasks] + [card.name for card in pack.cards]
    return "".join(f'<option value="{escaped(name)}"></option>' for name in names)
