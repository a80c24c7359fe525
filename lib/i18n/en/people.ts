import { type people as chinese } from "../zh-CN/people";

export const people: typeof chinese = {
  profile: {
    title: "My details",
    work: "Work",
    contact: "Contact",
    identity: "DingTalk identity",
    session: "This session",
  },
  facts: {
    departments: "Departments",
    manager: "Manager",
    workPlace: "Work place",
    hired: "Joined",
    mobile: "Mobile",
    telephone: "Telephone",
    orgEmail: "Company email",
    email: "Email",
    roles: "Roles",
    method: "Way in",
    device: "Device",
    network: "Network",
    started: "Began",
    approved: "Approved",
    lastSeen: "Last used",
    lastSignIn: "Last sign-in",
    fetched: "Details from",
  },
  absent: "Not filled in",
  unknownDevice: "Unknown device",
  neverSignedIn: "Has not signed in yet",
  hidden: "Hidden from colleagues",
  jobNumber: (number: string) => `No. ${number}`,
  department: (id: number) => `Department ${id}`,
  tenure: ({ years, months }: { years: number; months: number }) => {
    if (years === 0 && months === 0) return "less than a month";
    return [years > 0 ? count(years, "year") : "", months > 0 ? count(months, "month") : ""].filter(Boolean).join(", ");
  },
  list: (items: string[]) => items.join(", "),
  marks: {
    active: "Active",
    inactive: "Disabled",
    leader: "Department leader",
    admin: "Administrator",
    boss: "Boss",
    senior: "Senior",
    thisSession: "This one",
  },
  method: {
    frame: "DingTalk’s QR code",
    redirect: "Confirmed on DingTalk’s website",
    silent: "Automatically, inside DingTalk",
    ticket: "This app’s QR code",
  },
  stale: (age: string) => `DingTalk is not answering. These details are from ${age}.`,
  directory: {
    title: "Directory",
    lead: "The people this app knows, latest sign-in first.",
    total: (total: number) => (total === 1 ? "1 person" : `${total} people`),
    searchLabel: "Find by name or userId",
    search: "Find",
    clear: "Clear",
    columns: { employee: "Employee", departments: "Departments", lastSignIn: "Last sign-in" },
    next: "Next page",
    first: "Back to the first page",
    none: { title: "Nobody is here yet", what: "People appear here after their first sign-in." },
    noMatch: {
      title: (search: string) => `Nothing found for “${search}”`,
      what: "Only people who have signed in or been looked up are listed. Try another spelling, or clear the search.",
    },
  },
  employee: {
    title: "Employee",
    back: "Directory",
    signIn: "Signing in",
    sessions: "Signed-in devices",
    noSessions: "No device is signed in right now.",
    endAll: (total: number) => `Sign out ${count(total, "device")}`,
    endAsk: (name: string) => `${name} will be signed out on every device at once, and has to sign in again to go on.`,
    endConfirm: "Yes, sign out everywhere",
    ended: (total: number) => `${count(total, "device")} signed out.`,
    unknown: {
      title: "No such employee",
      what: "The company directory has nobody with this userId. They may have left, or it may be misspelt.",
    },
    unavailable: {
      title: "This employee cannot be shown yet",
      what: "DingTalk is not answering, and we hold no details of this person. Please open the page again in a few minutes.",
      again: "Try again",
    },
  },
};

function count(amount: number, noun: string): string {
  return `${amount} ${amount === 1 ? noun : `${noun}s`}`;
}
