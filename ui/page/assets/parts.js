/* What every drawn part of the page does with taps, keys, forms, clocks and focus. It runs once for each part, with
   Gradio's `element`, `server` and `watch`, and `send` for its event. A part says what a tap means by data-do and
   data-about. */
const act = (what, about, fields) => send({do: what, about: about ?? '', fields: fields ?? {}});

const fieldsOf = (form) => {
  const fields = {};
  for (const [name, value] of new FormData(form)) (fields[name] ??= []).push(String(value));
  return fields;
};

element.addEventListener('click', (event) => {
  const tapped = event.target.closest('[data-do]');
  if (!tapped || tapped.disabled || tapped.matches('form, select')) return;
  if (tapped.dataset.ask && !window.confirm(tapped.dataset.ask)) return;
  const form = tapped.closest('form');
  act(tapped.dataset.do, tapped.dataset.about, form ? fieldsOf(form) : {});
});

element.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.do) act(form.dataset.do, form.dataset.about, fieldsOf(form));
  if (form.dataset.clear !== undefined) form.reset();
});

/* A choice in a form that keeps its choices is sent as it is made, so that a reload loses nothing. */
element.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-change]');
  if (form) act(form.dataset.change, form.dataset.about, fieldsOf(form));
  const picks = event.target.dataset.picks;
  if (picks && event.target.value) {
    const choice = element.querySelector(`input[type=radio][value="${CSS.escape(picks)}"]`);
    if (choice) choice.checked = true;
  }
});

element.addEventListener('click', async (event) => {
  const copied = event.target.closest('[data-copy]');
  if (!copied) return;
  const text = element.querySelector(copied.dataset.copy)?.innerText ?? '';
  await navigator.clipboard?.writeText(text).catch(() => {});
  copied.classList.add('done');
  setTimeout(() => copied.classList.remove('done'), 1500);
});

/* Keys: what carries data-key is tapped by that key while it is in view and nobody is typing. */
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
  if (event.target.closest?.('input:not([type=radio]):not([type=checkbox]), textarea, select, [popover]')) return;
  if (event.key === 'Enter' && event.target.closest?.('button, a, summary') && !event.target.closest('[data-key]')) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const target = [...element.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)]
    .find((one) => one.offsetParent !== null && !one.disabled);
  if (!target) return;
  event.preventDefault();
  target.click();
});

/* A clock counts down by itself from the seconds the server said; it never sets the time. */
let said = '', until = 0;
const tick = () => {
  const clock = element.querySelector('[data-seconds]');
  if (!clock) return;
  if (clock.dataset.said !== said) { said = clock.dataset.said; until = performance.now() + clock.dataset.seconds * 1000; }
  const left = Math.max(0, Math.round((until - performance.now()) / 1000));
  const pad = (number) => String(number).padStart(2, '0');
  const text = `${Math.floor(left / 3600)}:${pad(Math.floor(left / 60) % 60)}:${pad(left % 60)}`;
  if (clock.textContent !== text) clock.textContent = text;
  if (left === 0 && clock.dataset.over !== said) { clock.dataset.over = said; act('over', ''); }
};
if (!element.dataset.ticks) { element.dataset.ticks = '1'; setInterval(tick, 500); }

/* A form for another question begins as the server drew it, not with what was chosen in the one before. */
const fresh = new WeakMap();
const renew = () => element.querySelectorAll('form[data-fresh]').forEach((form) => {
  if (fresh.get(form) !== form.dataset.fresh) { fresh.set(form, form.dataset.fresh); form.reset(); }
});

/* The focus goes where the part says, once for each new thing it says it of: to the last such place, the most opened. */
let focused = null;
const follow = () => {
  const next = [...element.querySelectorAll('[data-focus]')].at(-1);
  if (!next || next.dataset.focus === focused) return;
  focused = next.dataset.focus;
  next.focus({preventScroll: next.dataset.scroll === undefined});
  if (next.dataset.scroll !== undefined) next.scrollIntoView({block: 'start'});
};

/* The picture of a PDF's page is fetched when its panel is opened, and kept while the page is open. */
const pictures = new Map();
const show = async (place) => {
  const key = place.dataset.picture;
  if (!pictures.has(key)) pictures.set(key, server.page_picture(key).catch(() => ''));
  const source = await pictures.get(key);
  place.dataset.state = source ? 'shown' : 'none';
  if (source && place.dataset.picture === key) {
    const image = place.querySelector('img') ?? place.appendChild(document.createElement('img'));
    image.alt = place.dataset.alt;
    image.src = source;
  }
};
const pictured = () => element.querySelectorAll(':popover-open [data-picture]').forEach(show);
element.addEventListener('toggle', pictured, true);

/* What the server hands over as a file is written by the browser, so that it lies nowhere to be fetched. */
let handed = '';
const save = () => {
  const file = element.querySelector('[data-file]');
  if (!file || file.dataset.file === handed) return;
  handed = file.dataset.file;
  const bytes = Uint8Array.from(atob(file.dataset.content), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], {type: file.dataset.type}));
  link.download = file.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

const changed = () => { renew(); tick(); follow(); pictured(); save(); };
watch('value', changed);
changed();
