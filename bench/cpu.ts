import { createBrowser } from "./browser";
import { addEmployee } from "./company";
import { measureCpuTime, type Work } from "./cpu-time";
import { type Figures } from "./goals";
import { type Found } from "./runs";
import { type Setup } from "./setup";
import { type Method, signIn } from "./sign-in";
import { startBaseline, startOurs, type Target } from "./targets";
import { warmUp } from "./warm-up";

/** One browser may send 240 requests a minute. */
const browserCount = 30;

type Prepare = (setup: Setup, app: Target) => Promise<Work>;
type Apps = Record<"ours" | "next-auth", Target>;

/** Compares complete sign-ins, and then the cost of a session per request, with the minimal next-auth app. */
export async function measureCpu(setup: Setup): Promise<Figures> {
  const apps = { ours: await startOurs(setup.options), "next-auth": await startBaseline(setup.options) };
  for (const app of Object.values(apps)) await warmUp(app, { sandbox: setup.sandbox, times: setup.times(300) });
  const figures = {
    "cpu.qr-first": await compare(setup, apps, firstSignIn("qr")),
    "cpu.qr-known": await compare(setup, apps, knownSignIn("qr")),
    "cpu.silent-first": await compare(setup, apps, firstSignIn("silent")),
    "cpu.silent-known": await compare(setup, apps, knownSignIn("silent")),
    "cpu.profile": await compare(setup, apps, pageOfSession),
    ...(await compareSessionCheck(setup, apps)),
  };
  await Promise.all(Object.values(apps).map((app) => app.stop()));
  return figures;
}

async function compare(setup: Setup, apps: Apps, prepare: Prepare): Promise<Found> {
  const works = { ours: await prepare(setup, apps.ours), "next-auth": await prepare(setup, apps["next-auth"]) };
  const spread = await measureCpuTime(setup, works, prepare === pageOfSession ? 150 : 30);
  const parts = { ours: spread("ours"), "next-auth": spread("next-auth") };
  return { value: parts.ours.median / parts["next-auth"].median, parts };
}

/** What Next itself takes for a request is measured in the same rounds, at a route that does nothing. */
async function compareSessionCheck(setup: Setup, apps: Apps): Promise<Figures> {
  const { ours, "next-auth": baseline } = apps;
  const works = {
    ours: await sessionCheck(setup, ours),
    "next-auth": await sessionCheck(setup, baseline),
    "empty route": emptyRoute(baseline),
  };
  const spread = await measureCpuTime(setup, works, 300);
  const parts = { ours: spread("ours"), "next-auth": spread("next-auth"), "empty route": spread("empty route") };
  return {
    "cpu.session": { value: parts.ours.median / parts["next-auth"].median, parts },
    "cpu.session-above-empty": { value: parts.ours.median - parts["empty route"].median, parts },
  };
}

function firstSignIn(method: Method): Prepare {
  return async ({ sandbox }, app) => {
    return { app, run: async () => signIn({ app, method, sandbox, userid: await addEmployee(sandbox) }) };
  };
}

function knownSignIn(method: Method): Prepare {
  return async ({ sandbox }, app) => {
    const userid = await addEmployee(sandbox);
    await signIn({ app, method, sandbox, userid });
    return { app, run: () => signIn({ app, method, sandbox, userid }) };
  };
}

const sessionCheck: Prepare = (setup, app) => requestOfSession(setup, app, "/api/auth/session");
const pageOfSession: Prepare = (setup, app) => requestOfSession(setup, app, "/profile");

async function requestOfSession({ sandbox }: Setup, app: Target, path: string): Promise<Work> {
  const browsers = await Promise.all(
    Array.from({ length: browserCount }, async () =>
      signIn({ app, method: "silent", sandbox, userid: await addEmployee(sandbox) }),
    ),
  );
  let requests = 0;
  async function run() {
    requests += 1;
    const { status, text } = (await browsers[requests % browserCount]?.get(path)) ?? { status: 0, text: "" };
    if (status !== 200 || !text.includes("员工"))
      throw new Error(`${app.name} did not show the viewer at ${path}: ${status}`);
  }
  return { app, run };
}

function emptyRoute(app: Target): Work {
  const browser = createBrowser(app.url);
  async function run() {
    const { status } = await browser.get("/api/empty");
    if (status !== 200) throw new Error(`${app.name} answered ${status}.`);
  }
  return { app, run };
}
