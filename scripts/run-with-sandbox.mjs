import { nextBin, serverScript, start, supervise } from "./processes.mjs";
import { sandboxEnvironment } from "./settings.mjs";

/** Runs the app together with the sandbox until one of them ends or a signal stops both. Returns the exit code. */
export async function runWithSandbox({ command, dataDir, ports }) {
  const env = sandboxEnvironment({ dataDir, ports });
  const sandbox = start(["--import", "tsx", "sandbox/main.ts"], { ...env, NODE_ENV: "development" });
  const options = command === "dev" ? [nextBin, "dev", "-H", env.HOST, "-p", env.PORT] : [serverScript];
  const app = start(options, withoutNodeEnv(env));
  const running = supervise([sandbox, app], { graceMs: 2500 });
  const printed = printWelcomeWhenReady(env, running);
  const { wasStopped, code } = await running;
  await printed;
  return wasStopped ? 0 : code || 1;
}

/** Both commands set NODE_ENV themselves. A value from the shell would contradict it. */
function withoutNodeEnv({ NODE_ENV: _, ...env }) {
  return env;
}

async function printWelcomeWhenReady(env, running) {
  const hasEnded = running.then(() => true);
  const urls = [env.DINGTALK_API_URL, `${env.NEXTAUTH_URL}/api/ready`];
  for (const url of urls) {
    while (!(await isReady(url))) {
      if (await Promise.race([hasEnded, pause(200)])) return;
    }
  }
  console.log(welcomeText(env));
}

async function isReady(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}

function welcomeText({ NEXTAUTH_URL: app, DINGTALK_LOGIN_URL: sandbox, WEBVIEW_PORT: webviewPort }) {
  const webview = `http://127.0.0.1:${webviewPort}`;
  return `
  应用 App               ${app}
  沙箱 Sandbox           ${sandbox}
  手机 Phone             ${sandbox}/_sandbox/phone
  管理后台 Console       ${sandbox}/_sandbox/console

  1  扫码登录：打开应用，点二维码下的「用沙箱手机扫一扫」，选一个人，确认。
     By QR: open the app, use the phone link under the code, pick a person, confirm.
  2  钉钉内免登：在沙箱的手机里打开应用，或直接访问
     Inside DingTalk, silently: open the app from the sandbox's phone, or go to
       李雷 (user0001)            ${webview}/_webview/open?person=user0001
       韩梅梅 (user0002, 管理员)   ${webview}/_webview/open?person=user0002
  3  管理员：以韩梅梅登录，看 ${app}/admin/employees
     Admin: sign in as 韩梅梅, then open the page above.

  Ctrl-C 停止 · stops both
`;
}
