// Keys and clicks of a meeting. The place asked for is absolute and counted: presses quicker than the
// server answers are joined into the last one, and an answer to an earlier press is not taken for Back.
const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
const BLACK = "xushi-black";
const PATIENCE = 3000;
const state = { want: 0, press: 0, data: null, send: null, timer: 0 };

// Asked again where no answer comes: what is pressed while the connection is made anew would be lost.
function ask() {
  state.send("to", { at: state.want, press: state.press });
  clearTimeout(state.timer);
  state.timer = setTimeout(() => {
    if (state.data.presses < state.press && document.querySelector(".mt")) ask();
  }, PATIENCE);
}

function go(place) {
  const to = Math.min(Math.max(place, 0), state.data.end);
  if (to === state.want) return;
  state.want = to;
  state.press += 1;
  ask();
}

function step(by) {
  // Past the last slide there is nothing: only Esc leaves.
  const to = state.want === state.data.end ? state.want + Math.min(by, 0) : Math.min(state.want + by, state.data.last);
  go(to);
}

function leave() {
  if (state.want < state.data.end) return go(state.data.end);
  const link = document.querySelector(".mt a.leave");
  if (link) link.click();
}

function black() {
  const shown = document.getElementById(BLACK);
  if (shown) return shown.remove();
  const cover = document.createElement("div");
  cover.id = BLACK;
  cover.style.cssText = "position:fixed;inset:0;background:#000;z-index:2147483647;cursor:none";
  cover.addEventListener("click", () => cover.remove());
  document.body.appendChild(cover);
}

function fullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => undefined);
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || !state.data) return;
  const target = event.composedPath()[0];
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable) return;
  // A Chinese input method hides the letter and leaves the key.
  const is = (letter) => event.key.toLowerCase() === letter || event.code === `Key${letter.toUpperCase()}`;
  const act =
    is("b") || event.key === "." ? black
    : is("f") ? fullscreen
    : event.key in STEPS ? () => step(STEPS[event.key])
    : event.key === "Home" ? () => go(state.data.first)
    : event.key === "End" ? () => go(state.data.last)
    : event.key === "Escape" ? leave
    : null;
  if (!act) return;
  event.preventDefault();
  // Whatever is pressed, a black screen comes back to the slide it covers.
  if (act !== black && document.getElementById(BLACK)) return black();
  if (act === black && event.repeat) return;
  act();
}

function clicked(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.shiftKey || event.metaKey) return;
  const link = event.target.closest && event.target.closest(".mt a[data-to]");
  if (!link || !state.data) return;
  event.preventDefault();
  go(Number(link.dataset.to));
}

export default function ({ data, setTriggerValue }) {
  state.data = data;
  state.send = setTriggerValue;
  if (data.presses === 0) state.press = 0;
  if (data.presses >= state.press) state.want = data.at;
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  // Said for whoever drives the page from outside: from here on no press is lost.
  document.body.dataset.meeting = "listens";
  return () => {
    document.removeEventListener("keydown", pressed);
    document.removeEventListener("click", clicked);
    const cover = document.getElementById(BLACK);
    if (cover) cover.remove();
  };
}
