// Improves the pages; every page works without it. Offsets are code points, as in the ledger.
"use strict";

// Keys: a button or link with data-key is pressed by its key, except while somebody types.
document.addEventListener("keydown", (event) => {
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
    const input = document.getElementById("mark_" + field);
    input.value = `${words.start}-${words.end}=${fit ? fit.value : found.text.trim()}`;
    input.focus();
  });
}

// Selected words fill the forms of correcting and of redacting.
const NAMES = { number: ["low", "high"], period: ["start", "end"], target: ["target"], kind: ["kind"], actor: ["target_owner"] };
document.addEventListener("mouseup", async () => {
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
});

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
