export type Attributes = Record<string, string | number>;

export type Drawing = { title: string; description: string; width: number; height: number };

/** Both themes. The drawing has its own background, because a page's theme may differ from the system's. */
const style = `
svg { --surface: #fff; --ink: #1b2130; --muted: #5b6472; --line: #e1e5ec; --one: #1f5fd0; --two: #b4570a; --three: #7a8596; --goal: #c8322b }
@media (prefers-color-scheme: dark) {
  svg { --surface: #14181f; --ink: #eceff4; --muted: #a3acba; --line: #2c333f; --one: #6ea8ff; --two: #f0a35b; --three: #8d97a8; --goal: #ff7b72 }
}
text { font: 13px ui-sans-serif, system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums }
.title { font-size: 15px; font-weight: 600 }
.strong { font-weight: 600 }
.muted { fill: var(--muted); font-size: 12px }
.end { text-anchor: end }
.middle { text-anchor: middle }
.surface { fill: var(--surface) }
.grid { stroke: var(--line) }
.goal { stroke: var(--goal); stroke-width: 2; fill: none }
.one { stroke: var(--one); fill: var(--one) }
.two { stroke: var(--two); fill: var(--two) }
.three { stroke: var(--three); fill: var(--three) }
.hollow { fill: var(--surface); stroke-width: 2 }
.stroke { fill: none; stroke-width: 2 }
.thick { stroke-width: 8; stroke-opacity: 0.45 }
.dashed { stroke-dasharray: 6 4 }
`;

/** Draws an image whose title and description a screen reader says. */
export function draw({ title, description, width, height }: Drawing, children: string[]): string {
  const attributes = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height };
  const named = { ...attributes, role: "img", "aria-labelledby": "title description" };
  return `${element("svg", named, [
    element("title", { id: "title" }, [escapeText(title)]),
    element("desc", { id: "description" }, [escapeText(description)]),
    element("style", {}, [style]),
    element("rect", { class: "surface", width, height, rx: 10 }),
    write(title, { x: 20, y: 30, class: "title" }),
    ...children,
  ])}\n`;
}

export function element(name: string, attributes: Attributes, children: string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(rounded(value))}"`);
  return children.length > 0
    ? `<${name}${written.join("")}>${children.join("\n")}</${name}>`
    : `<${name}${written.join("")}/>`;
}

export function write(content: string, attributes: Attributes): string {
  return element("text", attributes, [escapeText(content)]);
}

export function lineBetween([x1, y1]: [number, number], [x2, y2]: [number, number], name: string): string {
  return element("line", { x1, y1, x2, y2, class: name });
}

function rounded(value: string | number): string {
  return typeof value === "number" ? String(Number(value.toFixed(1))) : value;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
