import { html } from "hono/html";
import { type CompanyEvent } from "../events/records";
import { type Markup } from "../pages/layout";
import { type ConsoleWords } from "./words";

/** Events with the newest first, and how each push of them ended. */
export function eventTable(events: CompanyEvent[], own: ConsoleWords): Markup {
  if (events.length === 0) return html`<div class="card"><p class="muted">${own.noEvents}</p></div>`;
  const rows = events.toReversed().map((event) => {
    const about = [...event.userIds, ...event.deptIds].join(", ");
    return html`<tr><th scope="row"><time>${new Date(event.bornAt).toLocaleTimeString("sv-SE")}</time></th>
<td><code>${event.type}</code></td><td><code>${about}</code></td><td>${resultOf(event, own)}</td></tr>`;
  });
  return html`<div class="card table four" tabindex="0" role="region" aria-label="${own.events}"><table><thead><tr>
<th scope="col">${own.time}</th><th scope="col">${own.event}</th><th scope="col">${own.about}</th><th scope="col">${own.result}</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

const channels = { http: "HTTP", stream: "Stream" };

function resultOf({ pushes }: CompanyEvent, own: ConsoleWords): string {
  if (pushes.length === 0) return own.notSent;
  return pushes.map(({ via, outcome }) => `${channels[via]}: ${own.outcomes[outcome]}`).join(" · ");
}
