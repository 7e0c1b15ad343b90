// Improves the pages; every page works without it. Offsets are code points, as in the ledger.
"use strict";
document.documentElement.classList.add("scripted");

// Keys: a button or link with data-key is pressed by its key, except while somebody types; Escape leaves a field.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("select")) wanted.focus();
  else wanted.click();
});

// Where a point of the selection stands in the document: its piece says where it begins.
function offsetOf(node, at) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!piece || !piece.firstChild) return null;
  const inside = node === piece.firstChild ? at : 0;
  return Number(piece.dataset.start) + Array.from(piece.firstChild.data.slice(0, inside)).length;
}

function selected() {
  const chosen = window.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const text = document.getElementById("text");
  if (!text || !text.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end, document: text.dataset.document };
}

async function meaning(words) {
  const answer = await fetch("/meaning.json?" + new URLSearchParams(words));
  return answer.ok ? answer.json() : { text: "", proposals: [] };
}

// Taking a selection into the form of a claim that was missed.
for (const button of document.querySelectorAll("[data-take]")) {
  button.hidden = false;
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    const words = selected();
    if (!words) return;
    const found = await meaning(words);
    const field = button.dataset.take;
    const same = { owner: "actor", speaker: "actor" };
    const fit = found.proposals.find((p) => p.field === field || p.field === same[field]);
    document.getElementById("span_" + field).value = `${words.start}-${words.end}`;
    document.querySelector(`[data-words="${field}"]`).textContent = `\u201c${found.text}\u201d`;
    const input = document.getElementById("mark_" + field);
    input.value = fit ? fit.value : found.text.trim();
    input.focus();
  });
}

// Selected words fill the forms of correcting and of redacting.
const NAMES = { number: ["low", "high"], period: ["start", "end"], target: ["target"], kind: ["kind"], actor: ["target_owner"] };
async function takeWords() {
  const words = selected();
  if (!words) return;
  for (const part of ["start", "end"]) {
    const redact = document.querySelector(`[data-redact=${part}]`);
    if (redact) redact.value = words[part];
    const correct = document.querySelector(`[data-correct=${part}]`);
    if (correct) correct.value = words[part];
  }
  const value = document.querySelector("[data-correct=value]");
  if (!value) return;
  const found = await meaning(words);
  const field = document.querySelector("#correct [name=field]").value;
  const fit = found.proposals.find((p) => (NAMES[p.field] || []).includes(field));
  const parts = fit ? fit.value.split(/[/+-](?=\d{4}-|\d+$|$)/) : [];
  value.value = !fit ? found.text.trim() : ["high", "end"].includes(field) ? parts[1] ?? parts[0] : parts[0];
  value.focus();
}
document.addEventListener("mouseup", takeWords);

// Words by keyboard: "w" takes the first word of the text, arrows go on, with Shift they take more, Enter takes them.
const text = document.getElementById("text");
function firstWord() {
  const chosen = window.getSelection();
  const piece = [...text.querySelectorAll("[data-start]")].find((p) => p.firstChild && p.firstChild.data.trim());
  if (!piece) return;
  text.setAttribute("tabindex", "-1");
  text.focus();
  chosen.collapse(piece.firstChild, piece.firstChild.data.search(/\S/));
  chosen.modify("extend", "forward", "word");
}
function anotherWord(way, extend) {
  const chosen = window.getSelection();
  if (!extend) {
    if (way === "forward") chosen.collapseToEnd();
    else chosen.collapseToStart();
    chosen.modify("move", way, "word");
    if (way === "forward") chosen.modify("move", "backward", "word");
    const { focusNode, focusOffset } = chosen;
    chosen.modify("extend", "forward", "word");
    if (chosen.toString().trim() === "" && way === "forward") {
      chosen.collapse(focusNode, focusOffset);
      chosen.modify("move", "forward", "word");
      chosen.modify("extend", "forward", "word");
    }
  } else {
    chosen.modify("extend", way, "word");
  }
}
if (text) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "w") {
      event.preventDefault();
      firstWord();
    } else if (document.activeElement === text && ["ArrowRight", "ArrowLeft"].includes(event.key)) {
      event.preventDefault();
      anotherWord(event.key === "ArrowRight" ? "forward" : "backward", event.shiftKey);
    } else if (document.activeElement === text && event.key === "Enter") {
      event.preventDefault();
      takeWords();
    }
  });
}

// A claim under the pointer lights its words in the text.
for (const card of document.querySelectorAll("[data-claim]")) {
  const lit = (on) => {
    for (const piece of document.querySelectorAll(`[data-claims~="${card.dataset.claim}"]`)) piece.classList.toggle("lit", on);
  };
  card.addEventListener("mouseenter", () => lit(true));
  card.addEventListener("mouseleave", () => lit(false));
}
const now = document.querySelector(".text .now");
if (now) now.scrollIntoView({ block: "center" });
