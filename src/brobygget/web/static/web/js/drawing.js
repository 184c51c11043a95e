// A drawing with a finger, a mouse or a pen, kept as a few lines of path in a hidden field:
// <div class="drawing" data-drawing><svg class="drawing-sheet" viewBox="0 0 400 300">…</svg>
//   <input type="hidden" name="drawing" data-drawing-path> <button data-drawing-undo> <button data-drawing-clear></div>

const WIDTH = 400;
const HEIGHT = 300;
const MOST_LETTERS = 20000;
const SVG = "http://www.w3.org/2000/svg";

// Ramer, Douglas and Peucker: leave out what the eye does not miss.
const simpler = (points, tolerance) => {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points[points.length - 1]];
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]];
  const length = Math.hypot(dx, dy);
  let [farthest, at] = [0, 0];
  for (let index = 1; index < points.length - 1; index += 1) {
    const [x, y] = [points[index][0] - first[0], points[index][1] - first[1]];
    const distance = length ? Math.abs(dy * x - dx * y) / length : Math.hypot(x, y);
    if (distance > farthest) [farthest, at] = [distance, index];
  }
  if (farthest <= tolerance) return [first, last];
  return [...simpler(points.slice(0, at + 1), tolerance).slice(0, -1), ...simpler(points.slice(at), tolerance)];
};

const pathOf = (points) =>
  points.length === 1
    ? `M${points[0].join(" ")}h0`
    : points.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("");

const prepare = (box) => {
  const sheet = box.querySelector("svg");
  const field = box.querySelector("[data-drawing-path]");
  const undo = box.querySelector("[data-drawing-undo]");
  const clear = box.querySelector("[data-drawing-clear]");
  const strokes = (field.value.match(/M[^M]*/g) ?? []).map((path) => path.trim());
  let points = null;
  let line = null;

  const draw = () => {
    sheet.querySelectorAll("path").forEach((path) => path.remove());
    for (const path of strokes) {
      const element = document.createElementNS(SVG, "path");
      element.setAttribute("d", path);
      sheet.append(element);
    }
    field.value = strokes.join("");
    for (const button of [undo, clear]) if (button) button.disabled = strokes.length === 0;
  };

  const place = (event) => {
    const box = sheet.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * WIDTH);
    const y = Math.round(((event.clientY - box.top) / box.height) * HEIGHT);
    return [Math.min(Math.max(x, 0), WIDTH), Math.min(Math.max(y, 0), HEIGHT)];
  };

  sheet.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0 || field.value.length > MOST_LETTERS) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    points = [place(event)];
    line = document.createElementNS(SVG, "path");
    sheet.append(line);
    line.setAttribute("d", pathOf(points));
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!points || !event.isPrimary) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const next = place(each);
      const last = points[points.length - 1];
      if (Math.hypot(next[0] - last[0], next[1] - last[1]) >= 1) points.push(next);
    }
    line.setAttribute("d", pathOf(points));
  });
  const end = () => {
    if (!points) return;
    strokes.push(pathOf(simpler(points, 1.2)));
    points = null;
    draw();
  };
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", end);
  undo?.addEventListener("click", () => {
    strokes.pop();
    draw();
  });
  clear?.addEventListener("click", () => {
    strokes.length = 0;
    draw();
    sheet.focus();
  });
  box.hidden = false;
  draw();
};

for (const box of document.querySelectorAll("[data-drawing]")) prepare(box);
// An answer that came without a new page brings a new sheet.
document.addEventListener("outbox:answered", (event) => {
  for (const box of event.detail.form.querySelectorAll("[data-drawing]")) prepare(box);
});
