"""The style sheet of what the page draws itself; colours come from the theme's variables."""

CSS = """
:root {
  --mark: #ffe7a0; --mark-text: #1c2430; --accent: #1f5f6b; --ok: #1b6b3a; --fair: #7a4d00; --low: #a12f22;
  --bad-ground: #fbeae7; --note-ground: #eef4f4; --panel-shadow: 0 12px 40px rgb(28 36 48 / .22);
  --serif: ui-serif, "Iowan Old Style", Charter, Georgia, "DejaVu Serif", serif;
}
.dark {
  --mark: #5d4a12; --mark-text: #fff4d0; --accent: #86c9d6; --ok: #86d3a0; --fair: #f0c271; --low: #f5a397;
  --bad-ground: #3a211e; --note-ground: #1f2c31; --panel-shadow: 0 12px 40px rgb(0 0 0 / .6);
}

/* Gradio's own rules carry a class of its container; two of them win. */
.gradio-container.gradio-container {
overflow: visible;  /* else the box for the question does not stick to the window */
font-size: 16px; line-height: 1.6;
.main.fillable.app { width: 100%; max-width: 800px; padding: 0 20px; margin-inline: auto; }
.contain > .column { gap: 0; }
.html-container { padding: 0; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:is(button, a, textarea, .passage):focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
mark:focus-visible { outline: 2px solid var(--accent); }
.passage:focus-visible { outline-width: 2px; outline-offset: -2px; border-radius: 16px; }
code { font-family: var(--font-mono); font-size: .92em; padding: 1px 5px; border-radius: 5px;
  background: var(--background-fill-secondary); }
.problem { margin: 8px 0 0; padding: 10px 14px; border-radius: 10px; background: var(--bad-ground); color: var(--low); }

/* Header and library */
.masthead { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; padding-top: 20px; }
.masthead h1 { margin: 0; font-size: 22px; font-weight: 700; letter-spacing: -.01em; }
.masthead p { margin: 0; color: var(--body-text-color-subdued); }
.masthead .code { white-space: nowrap; font-weight: 600; }
.tag { display: inline-block; margin-left: 8px; padding: 0 8px; border: 1px solid var(--border-color-primary);
  border-radius: 99px; font-size: 12px; line-height: 20px; color: var(--body-text-color-subdued); white-space: nowrap; }
#library-progress { padding-bottom: 12px; border-bottom: 1px solid var(--border-color-primary); }
#library-progress p { margin: 0; font-size: 14px; color: var(--body-text-color-subdued); }
#library-progress progress { width: 110px; height: 8px; margin-right: 8px; vertical-align: middle; appearance: none;
  border: 0; border-radius: 9px; overflow: hidden; background: var(--border-color-primary); }
#library-progress progress::-webkit-progress-bar { background: var(--border-color-primary); }
#library-progress progress::-webkit-progress-value { background: var(--accent); }
#library-progress progress::-moz-progress-bar { background: var(--accent); }
.library-count { padding: 0; border: 0; background: none; font: inherit; color: var(--link-text-color);
  text-decoration: underline; text-underline-offset: 3px; cursor: pointer; }
.library-list { margin: 0; padding: 0; list-style: none; }
.library-list li { padding: 7px 0; border-bottom: 1px solid var(--border-color-primary); }

/* The empty page */
#welcome { gap: 0; padding: 9vh 0 24px; }
#welcome h2 { margin: 0 0 8px; font-size: 28px; line-height: 1.25; font-weight: 700; letter-spacing: -.015em; }
#welcome p { max-width: 62ch; margin: 0 0 24px; font-size: 16px; line-height: 1.55;
  color: var(--body-text-color-subdued); }
#examples { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
#examples button { justify-content: flex-start; height: 100%; padding: 14px 16px; border-radius: 12px; font-size: 15px;
  border: 1px solid var(--border-color-primary);
  font-weight: 500; line-height: 1.4; text-align: left; white-space: normal; }

/* The conversation */
.turn { padding: 24px 0 8px; scroll-margin-top: 8px; }
.turn + .turn { margin-top: 16px; border-top: 1px solid var(--border-color-primary); }
.question { max-height: 40vh; margin: 0 0 14px; overflow: auto; font-size: 20px; line-height: 1.35; font-weight: 650;
  letter-spacing: -.01em; white-space: pre-line; overflow-wrap: anywhere; }
.claim { max-width: 68ch; margin: 0 0 12px; font-size: 17px; line-height: 27px; white-space: pre-line;
  overflow-wrap: anywhere; }
.cites { white-space: nowrap; }
.cite { padding: 0 3px; border: 0; border-radius: 5px; background: none; font: 600 14px/1.5 var(--font);
  color: var(--accent); font-variant-numeric: tabular-nums; }
button.cite { min-width: 28px; min-height: 26px; cursor: pointer; }
button.cite:hover { background: var(--note-ground); text-decoration: underline; }
.waiting, .missing, .advice { margin: 0 0 10px; color: var(--body-text-color-subdued); }
.missing b { color: var(--body-text-color); }
.note { margin: 0 0 12px; padding: 10px 14px; border-radius: 10px; background: var(--note-ground); }
.sources-heading { margin: 20px 0 4px; font-size: 13px; font-weight: 650; color: var(--body-text-color-subdued); }
.sources { margin: 0 0 12px; padding: 0; list-style: none; }
.sources li { display: grid; grid-template-columns: auto 1fr auto; align-items: baseline; gap: 4px; padding: 5px 0;
  border-top: 1px solid var(--border-color-primary); }
.source-name { padding: 2px 4px; border: 0; background: none; font: 500 15px/1.45 var(--font); text-align: left;
  color: var(--body-text-color); cursor: pointer; overflow-wrap: anywhere; }
.source-name:hover { text-decoration: underline; text-underline-offset: 3px; }
.sep { color: var(--body-text-color-subdued); }
.signature { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0; font-size: 13px;
  color: var(--body-text-color-subdued); }
.confidence.high { color: var(--ok); } .confidence.fair { color: var(--fair); } .confidence.low { color: var(--low); }

/* The passage: beside the conversation, on a phone from below */
.passage { position: fixed; inset: 12px 12px auto auto; width: min(460px, calc(100vw - 24px)); height: auto;
  max-height: calc(100dvh - 24px); margin: 0; padding: 0; border: 1px solid var(--border-color-primary);
  border-radius: 16px; background: var(--background-fill-primary); color: var(--body-text-color);
  box-shadow: var(--panel-shadow); }
.passage:popover-open { display: flex; flex-direction: column; }
.passage header { display: flex; align-items: flex-start; gap: 8px; padding: 18px 16px 6px 20px; }
.passage header .cite { padding: 3px 0 0; }
.passage h3 { flex: 1; margin: 0; font-size: 18px; line-height: 1.4; font-weight: 650; overflow-wrap: anywhere; }
.passage .close { display: grid; place-items: center; width: 36px; height: 36px; margin: -5px 0; border: 0;
  border-radius: 10px; background: none; color: var(--body-text-color-subdued); cursor: pointer; }
.passage .close:hover { background: var(--background-fill-secondary); }
.passage .close svg { width: 16px; height: 16px; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; }
.passage .place > .tag:first-child { margin-left: 0; }
.passage .place { margin: 0; padding: 0 20px 14px; font-size: 14px; color: var(--body-text-color-subdued); }
.passage blockquote, .passage .library-list { flex: 1; min-height: 0; margin: 0; padding: 18px 20px; overflow: auto;
  border: 0; border-top: 1px solid var(--border-color-primary); }
.passage blockquote { font: 400 17px/1.65 var(--serif); color: inherit; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.passage mark { padding: 2px 0; border-radius: 3px; background: var(--mark); color: var(--mark-text);
  box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.passage footer { display: block; padding: 14px 20px 16px; border-top: 1px solid var(--border-color-primary); }
.passage footer p { margin: 0; font-size: 13px; color: var(--body-text-color-subdued); overflow-wrap: anywhere; }
.passage .official { display: inline-block; margin-bottom: 6px; font-weight: 600; color: var(--link-text-color);
  text-decoration: underline; text-underline-offset: 3px; }

/* The box for the question stays in reach */
#composer { position: sticky; bottom: 0; z-index: 5; gap: 4px; padding: 12px 0 10px;
  background: linear-gradient(transparent, var(--body-background-fill) 14px); }
#question.block { overflow: visible !important; }
#question .input-container { align-items: flex-end; padding: 6px; border: 1px solid var(--input-border-color);
  border-radius: 14px; background: var(--input-background-fill); box-shadow: 0 2px 10px rgb(28 36 48 / .07); }
#question .input-container:focus-within { border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }
#question textarea { padding: 8px 10px; border: 0; background: none; box-shadow: none; outline: none; font-size: 16px;
  line-height: 1.5; }
#question .submit-button { height: 40px; padding: 0 18px; border-radius: 10px; font-size: 15px; font-weight: 650;
  background: var(--button-primary-background-fill); color: var(--button-primary-text-color); }
#question .submit-button:hover { background: var(--button-primary-background-fill-hover); }
#below-question { align-items: center; min-height: 28px; }
#notice p { margin: 0; font-size: 14px; color: var(--body-text-color-subdued); }
#again { flex: 0 0 auto; min-width: 0; border: 1px solid var(--border-color-primary); font-size: 13px; }

@media (min-width: 900px) {
  .main.fillable.app:has(.passage:popover-open) { max-width: calc(100vw - 484px); margin-left: 0; }
}
@media (min-width: 1284px) {
  .main.fillable.app:has(.passage:popover-open) { max-width: 800px; margin-left: calc(100vw - 1284px); }
}
@media (min-width: 2100px) { .main.fillable.app:has(.passage:popover-open) { margin-left: auto; } }
@media (max-width: 640px) {
  .main.fillable.app { padding: 0 14px; }
  .masthead { padding-top: 14px; }
  #welcome { padding-top: 28px; } #welcome h2 { font-size: 24px; }
  #examples { grid-template-columns: 1fr; gap: 8px; }
  .passage { inset: auto 0 0; width: 100%; max-height: 64dvh; border-radius: 18px 18px 0 0; border-width: 1px 0 0; }
  button.cite { min-width: 34px; min-height: 32px; }
}
}
"""
