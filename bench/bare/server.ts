import { createServer } from "node:http";
import { signInByQr, signInSilently } from "./dingtalk";

/**
 * The least that a sign-in can take: Node's own HTTP server makes the calls that our app makes, in the same order, over kept
 * connections, and redirects. It has no framework, no database, no session and checks nothing.
 */
const server = createServer(async (incoming, response) => {
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://localhost");
  if (pathname === "/ready") return response.end("ready");
  const [, method, who] = pathname.split("/");
  const signIn = method === "qr" ? signInByQr : signInSilently;
  try {
    await signIn(searchParams.get("code") ?? "", { isKnown: who === "known" });
    response.writeHead(302, { location: "/profile" }).end();
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});

server.listen(Number(process.env.PORT), process.env.HOST);
