import { z } from "zod";
import { type Person } from "../company/people";
import { type Store } from "../store";

export const actionSchema = z.enum(["leave", "join", "appoint", "dismiss", "disable", "enable", "move"]);

export type ConsoleAction = z.output<typeof actionSchema>;

/** Who comes back is no admin any more, and active. */
export function patchOf(store: Store, action: ConsoleAction, department: string): Partial<Person> {
  switch (action) {
    case "leave":
      return { membership: "left" };
    case "join":
      return { membership: "member", active: true, admin: false, subAdmin: false };
    case "appoint":
      return { admin: true };
    case "dismiss":
      return { admin: false, subAdmin: false };
    case "disable":
      return { active: false };
    case "enable":
      return { active: true };
    case "move":
      return moveTo(store, Number(department));
  }
}

function moveTo(store: Store, id: number): Partial<Person> {
  if (!store.departments.find(id)) return {};
  return { departments: [{ id, leader: false, order: "1", title: null }] };
}
