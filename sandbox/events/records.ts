/** What changed in the company, before it becomes an event. */
export type Change = {
  type: string;
  userIds?: string[];
  deptIds?: number[];
  /** Of user_modify_org: the fields before and after. */
  diff?: { prev: Record<string, unknown>; curr: Record<string, unknown>; userid: string };
};

export type Channel = "http" | "stream";

/** How one push ended. Everything but "accepted" leads to another push, as far as the settings allow. */
export type Outcome = "accepted" | "refused" | "later" | "unanswered" | "unreachable";

/** A change as the app hears of it, with every push of it so far. */
export type CompanyEvent = Required<Omit<Change, "diff">> & {
  id: string;
  bornAt: number;
  corpId: string;
  diff: Change["diff"] | null;
  pushes: { via: Channel; at: number; outcome: Outcome }[];
};

/** An address that events are pushed to, with the keys of its registration. */
export type Callback = {
  url: string;
  token: string;
  aesKey: string;
  /** The owner that the encryption names: the AppKey for the console's address, the corpId for a registered one. */
  owner: string;
  /** The subscribed types; null means all. */
  types: string[] | null;
};

/** An event whose last push failed. */
export type FailedEvent = { event: CompanyEvent; failedAt: number };
