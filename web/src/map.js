// Makes the map and the timeline that the server drew interactive: zoom, finer borders, days chosen by dragging.
// Everything on the map stays what the server drew: areas, circles of uncertainty, links.
import { geoPath, geoProjection } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { feature } from "topojson-client";
import world from "world-atlas/countries-50m.json";

const CLOSEST = 40;

// The server says how degrees become units of its drawing: x = kx * longitude + bx, y = ky * latitude + by.
// The same as a projection of d3 is cut at the 180th meridian.
function projection([kx, bx, ky, by]) {
  return geoProjection((lambda, phi) => [lambda * (kx / -ky), phi]).scale((-ky * 180) / Math.PI).translate([bx, by]).precision(0);
}

function interactiveMap(figure) {
  const svg = select(figure.querySelector("svg"));
  const frame = svg.attr("data-frame").split(" ").map(Number);
  svg.select(".land path").attr("d", geoPath(projection(frame))(feature(world, world.objects.countries)));
  const moved = svg.select(".world");
  const dots = [...figure.querySelectorAll("svg .dots .sure")].map((dot) => [dot, Number(dot.getAttribute("r"))]);
  const zooming = zoom().scaleExtent([1, CLOSEST])
    .extent([[0, 0], svg.node().viewBox.baseVal ? [svg.node().viewBox.baseVal.width, svg.node().viewBox.baseVal.height] : [1, 1]])
    .translateExtent([[-300, -300], [svg.node().viewBox.baseVal.width + 300, svg.node().viewBox.baseVal.height + 300]])
    .filter((event) => event.type !== "wheel" || event.ctrlKey || event.metaKey)
    .on("zoom", ({ transform }) => {
      moved.attr("transform", transform);
      for (const [dot, radius] of dots) dot.setAttribute("r", radius / Math.sqrt(transform.k));
    });
  svg.call(zooming);
  const steps = { in: 1.8, out: 1 / 1.8 };
  const bar = figure.querySelector(".zoom");
  bar.hidden = false;
  for (const button of bar.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const step = steps[button.dataset.zoom];
      if (step) svg.call(zooming.scaleBy, step);
      else svg.call(zooming.transform, zoomIdentity);
    });
  }
}

// Days chosen by dragging over the bars; each bar stays a link, for the keyboard.
function interactiveTimeline(figure) {
  const svg = figure.querySelector("svg");
  const bars = [...svg.querySelectorAll("a[data-first]")];
  const at = (event) => bars.findIndex((bar) => event.clientX < bar.getBoundingClientRect().right);
  let begun = -1;
  const shown = (one, other) => bars.forEach((bar, n) => bar.classList.toggle("chosen", n >= Math.min(one, other) && n <= Math.max(one, other)));
  svg.addEventListener("pointerdown", (event) => { begun = at(event); });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointermove", (event) => { if (begun >= 0) shown(begun, at(event)); });
  addEventListener("pointerup", (event) => {
    const ended = begun >= 0 ? at(event) : -1;
    if (ended >= 0 && ended !== begun) {
      const address = new URL(location.href);
      address.searchParams.set("from", bars[Math.min(begun, ended)].dataset.first);
      address.searchParams.set("to", bars[Math.max(begun, ended)].dataset.last);
      address.searchParams.delete("page");
      location.href = address;
    }
    begun = -1;
  });
}

for (const figure of document.querySelectorAll("figure.map")) interactiveMap(figure);
for (const figure of document.querySelectorAll("figure.timeline")) interactiveTimeline(figure);
