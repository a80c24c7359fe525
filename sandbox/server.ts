import { createSandbox } from "./app";
import { type DingTalkHost, dingtalkHosts } from "./dingtalk-hosts";
import { type SandboxApp } from "./http";
import { type Listener, listen, type Served } from "./listen";
import { type SandboxOptions } from "./settings";
import { type Store, webviewAddress } from "./store";
import { acceptStreams } from "./stream/handshake";
import { proxyUpgrade } from "./webview/proxy";
import { createWebview } from "./webview/routes";

export type RunningSandbox = { url: string; webviewUrl: string; store: Store; close: () => Promise<void> };

/** Listens on loopback; port 0 selects a free port. close() also closes open connections. */
export async function startSandbox(given: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const { app, store } = createSandbox(given);
  const listeners: Listener[] = [];
  async function close() {
    store.schedule.close();
    await Promise.all(listeners.map((one) => one.close()));
  }
  try {
    store.addresses = await listenAll(app, store, listeners);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: store.addresses.sandbox, webviewUrl: store.addresses.webview, store, close };
}

/** Opens every port in turn. The listeners that are open when one fails are in the list. */
async function listenAll(app: SandboxApp, store: Store, listeners: Listener[]): Promise<Store["addresses"]> {
  async function open(served: Served, port: number, upgrade = acceptStreams(store)): Promise<number> {
    const listener = await listen(served, port, upgrade);
    listeners.push(listener);
    return listener.port;
  }
  const { options } = store;
  const sandbox = localhost(await open(app, options.port));
  const webview = await open(createWebview(store), options.webviewPort, proxyUpgrade(store));
  const hosts = { api: sandbox, oapi: sandbox, login: sandbox };
  for (const host of dingtalkHosts) {
    const port = options.hostPorts[host];
    if (port !== undefined) hosts[host] = localhost(await open(playOnly(app, host), port));
  }
  return { sandbox, webview: webviewAddress(options, webview), ...hosts };
}

function playOnly(app: SandboxApp, dingtalkHost: DingTalkHost): Served {
  return { fetch: (request, env) => app.fetch(request, { ...env, dingtalkHost }) };
}

function localhost(port: number): string {
  return `http://localhost:${port}`;
}
