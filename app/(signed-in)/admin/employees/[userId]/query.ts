import { z } from "zod";
import { changes } from "@/lib/employees/changes";

const text = z.string().max(200).nullable().catch(null);
const names = z.enum([...changes, "unanswered"]);

/** What the address of an employee's page says. */
export const query = z.object({
  /** Where the page of the history before this one ended. */
  history: text,
  /** What the action that just ran did: how many sessions it ended, or what DingTalk's answer changed. */
  ended: z.coerce.number().int().min(0).nullable().catch(null),
  asked: z
    .string()
    .transform((value) => value.split(".").filter(Boolean))
    .pipe(z.array(names))
    .nullable()
    .catch(null),
  /** The admin signed in again for an action, which can go on. */
  again: z.enum(["one", "all"]).nullable().catch(null),
});

export type Query = z.infer<typeof query>;
