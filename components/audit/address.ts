import { type TrailQuery } from "@/lib/trail/query";

/** The address of the audit trail with some of its query changed. A change leads to the newest events. */
export function auditAddress(query: TrailQuery, changed: Partial<TrailQuery> = {}): `/admin/audit?${string}` {
  return `/admin/audit?${new URLSearchParams(fieldsOf({ ...query, after: null, ...changed }))}`;
}

/** What an address or a form has of a query, without what it leaves open. */
export function fieldsOf({ live, ...rest }: TrailQuery): [string, string][] {
  const given = Object.entries({ ...rest, live: live ? null : "0" });
  return given.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

/** The events of one person, whatever was asked for before. */
export function addressOfPerson(userId: string): `/admin/audit?${string}` {
  return `/admin/audit?${new URLSearchParams({ person: userId })}`;
}
