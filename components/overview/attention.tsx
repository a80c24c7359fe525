import { type Route } from "next";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type Attention as Item } from "@/lib/statistics/overview";
import { linkLook } from "../ui/button";
import { Link } from "../ui/link";
import { Mark } from "../ui/mark";
import { Panel } from "./panel";

type LinkName = keyof Words["overview"]["attention"]["links"];

/** Where an admin looks, for each of them. */
const places: Record<Item["what"], { link: LinkName; href: Route }> = {
  sync_paused: { link: "sync", href: "/admin/employees" },
  sync_failed: { link: "employees", href: "/admin/employees" },
  dingtalk_down: { link: "calls", href: "#calls" },
  events_disconnected: { link: "employees", href: "/admin/employees" },
  quota_used: { link: "quota", href: "#quota" },
  quota_expected: { link: "quota", href: "#quota" },
  chain_forged: { link: "audit", href: "/admin/audit?verify=1" },
  many_refusals: { link: "audit", href: "/admin/audit?kind=refused&within=hour" },
  not_recognised: { link: "audit", href: "/admin/audit?kind=session_ended&outcome=attention&within=day" },
};

/** What needs a person, in words, each with the way there. */
export function Attention({ items, words }: { items: Item[]; words: Words["overview"]["attention"] }) {
  if (items.length === 0) return null;
  return (
    <Panel id="attention" title={words.title} look="lg:col-span-3">
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li key={item.what} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0">
            <Mark tone={item.what === "sync_paused" ? "warn" : "bad"}>
              {item.what === "sync_paused" ? words.marks.decide : words.marks.look}
            </Mark>
            <span className="grow basis-60">{describe(item, words)}</span>
            <Link href={places[item.what].href} className={linkLook}>
              {words.links[places[item.what].link]}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function describe(item: Item, words: Words["overview"]["attention"]): string {
  return fill(words[item.what], { ...item });
}
