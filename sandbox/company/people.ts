import { createHash } from "node:crypto";
import { z } from "zod";

const text = z.string().nullable().default(null);

const placeSchema = z.strictObject({
  id: z.number().int(),
  leader: z.boolean().default(false),
  /** A string of digits: DingTalk sends orders above 2^53, which a number would round. */
  order: z.string().regex(/^\d+$/).default("1"),
  title: text,
});

const fields = {
  userid: z.string().min(1).max(64),
  name: z.string().min(1),
  /** member: in the company. external: a contact of it. left: a leaver. outsider: in another company. */
  membership: z.enum(["member", "external", "left", "outsider"]).default("member"),
  active: z.boolean().default(true),
  admin: z.boolean().default(false),
  subAdmin: z.boolean().default(false),
  boss: z.boolean().default(false),
  senior: z.boolean().default(false),
  realAuthed: z.boolean().default(true),
  hideMobile: z.boolean().default(false),
  title: text,
  jobNumber: text,
  mobile: text,
  stateCode: z.string().default("86"),
  telephone: text,
  email: text,
  orgEmail: text,
  /** The mailbox of the account, which contact/users/me returns; often at another company. */
  personalEmail: text,
  workPlace: text,
  remark: text,
  loginId: text,
  hiredDate: z.number().nullable().default(null),
  managerUserid: text,
  /** An address, "generated" for one the sandbox draws, or null for DingTalk's default picture. */
  avatar: text,
  departments: z.array(placeSchema).default([{ id: 1, leader: false, order: "1", title: null }]),
  roles: z.array(z.strictObject({ id: z.number(), name: z.string(), groupName: z.string() })).default([]),
  extension: z.record(z.string(), z.string()).default({}),
  /** The account of the same person in a related organisation. */
  alsoIn: z.strictObject({ corpId: z.string(), userid: z.string() }).nullable().default(null),
};

export const personSchema = z
  .strictObject({ ...fields, unionid: z.string().optional(), openid: z.string().optional() })
  .transform((person) => ({
    ...person,
    unionid: person.unionid ?? deriveId("union", person.userid),
    openid: person.openid ?? deriveId("open", person.userid),
  }));

export type Person = z.output<typeof personSchema>;
export type PersonInput = z.input<typeof personSchema>;

/** The unionid (union) or openid (open) of a person, who is given none. */
export function deriveId(kind: "union" | "open", userid: string): string {
  const letters = createHash("sha256").update(`${kind}:${userid}`).digest("base64").replace(/[+/=]/g, "");
  return `${letters.slice(0, 13)}iEiE`;
}
