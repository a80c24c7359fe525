/** The QR code on challenge.htm: request one, poll it, request another after expiry, finish after the confirmation. */
(() => {
  const { parameters, words } = window.__LOGIN_PAGE_VARS;
  const panel = document.getElementById("panel");
  const image = document.getElementById("qr");
  const status = document.getElementById("status");
  const scan = document.getElementById("scan");
  const refresh = document.getElementById("refresh");

  async function post(path, extra) {
    const body = new URLSearchParams(parameters);
    for (const [name, value] of Object.entries(extra)) body.set(name, value);
    const response = await fetch(`/oauth2/${path}`, { method: "POST", body });
    return response.json();
  }

  function show(state, text) {
    panel.dataset.state = state;
    status.textContent = text;
    scan.hidden = state !== "waiting";
    refresh.hidden = state !== "expired";
  }

  async function requestQr() {
    const { result } = await post("generate_qrcode", {});
    const code = new URL(result).searchParams.get("code");
    image.src = `/oauth2/qrcode.svg?code=${code}`;
    image.hidden = false;
    scan.href = result;
    show("waiting", words.scan);
    await poll(code);
  }

  async function poll(code) {
    const answer = await post("login_with_qr", { code, exclusiveCorpId: "", stayLogin: "false" });
    if (answer.success) return confirm(code);
    if (answer.errorCode === "11019") return show("expired", words.expired);
    if (answer.errorCode === "11041") show("scanned", words.scanned);
    return poll(code);
  }

  async function confirm(code) {
    const answer = await post("confirm_auth", { code });
    if (!answer.success) return fail(answer);
    show("done", words.entering);
    window.finishLogin({ success: true, redirectUrl: answer.result.url });
  }

  function fail(answer) {
    show("expired", `${answer.errorMsg} (${answer.errorCode})`);
    window.finishLogin(answer);
  }

  function start() {
    requestQr().catch(() => show("expired", words.expired));
  }

  refresh.addEventListener("click", start);
  start();
})();
