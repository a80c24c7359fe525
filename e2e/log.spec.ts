import { expect, hanmeimei, test } from "./fixtures";
import { test as base, connectAndRun, withoutPostgres } from "./postgres-world";
import { enter } from "./sign-in";
import { linesWithoutForm } from "./world";

const forged = '{"level":30,"time":"2026-01-01T00:00:00.000Z","msg":"FORGED"}';

test("S37 a caller's text does not become a line of the log", async ({ context, world }) => {
  const lines = () => world.log().split("\n");
  await context.request.get(`/api/auth/error?error=${encodeURIComponent(`x\r\n${forged}`)}`);
  const cookie = `ticket-secret=${encodeURIComponent(`x\r\n${forged}`)}`;
  expect((await context.request.post("/api/tickets", { headers: { cookie } })).status()).toBe(201);
  const action = { "next-action": "40a0c0ffee40a0c0ffee40a0c0ffee40a0c0ffee40", "content-type": "text/plain" };
  await context.request.post("/login", { headers: action, data: `x\n${forged}\n` });
  await context.request.get("/login", { headers: { "user-agent": forged, "x-forwarded-for": forged } });
  expect(lines()).not.toContain(forged);
  expect(linesWithoutForm(world.log())).toEqual([]);
});

test("S37 a ticket secret that the client made up is not echoed", async ({ context }) => {
  const cookie = `ticket-secret=${encodeURIComponent("x; Path=/; Domain=evil.test")}`;
  const response = await context.request.post("/api/tickets", { headers: { cookie } });
  expect(response.headers()["set-cookie"]).toMatch(/^ticket-secret=[\w-]{43}; Path=\/;/);
  expect(response.headers()["set-cookie"]).not.toContain("evil");
});

for (const id of ["%00", "a%00b", "%0d%0a", "..%2f", "%E0%A4%A"])
  test(`S43 an id that no employee can have is unknown, and causes no error: ${id}`, async ({
    context,
    dingtalk,
    world,
  }) => {
    await enter(context, dingtalk, hanmeimei);
    world.newLog();
    const response = await context.request.get(`/admin/employees/${id}`);
    expect([400, 404]).toContain(response.status());
    expect(world.newLog()).not.toContain('"level":50');
  });

base.describe("when the database refuses a statement", () => {
  base.skip(withoutPostgres, "no PostgreSQL server is installed on this machine");

  base(
    "S43 the log names the fault and holds no parameter of the statement",
    async ({ context, dingtalk, hire, world, consoleErrors }) => {
      consoleErrors.allow(/500/, "the browser reports the page's status");
      const person = await hire({ mobile: "13700004321", email: "personal@xinghe.example", title: "秘密职位" });
      await enter(context, dingtalk, hanmeimei);
      await connectAndRun(world, [
        "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room for %', new.name; end $$",
        "create trigger refuse before insert on employees for each row execute function refuse()",
      ]);
      const response = await context.request.get(`/admin/employees/${person.userid}`);
      expect(response.status()).toBe(500);
      await expect.poll(world.log).toContain("insert into");
      const log = world.log();
      for (const personal of [person.name, "13700004321", "personal@xinghe.example", "秘密职位"])
        expect(log).not.toContain(personal);
      expect(linesWithoutForm(log)).toEqual([]);
      expect(log).toMatch(
        /"level":50,.*"message":"Failed query: [^\n]*insert into[^\n]*"cause":"P0001"[^\n]*"digest":"\d+"/,
      );
    },
  );
});
