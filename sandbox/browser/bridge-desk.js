/**
 * The desk behind the bridge: takes a call, writes it down, answers {ok, body}. What an old client says to a call it does not
 * know is recorded nowhere and chosen here. `bridge` is the object that bridge.ts wraps around these files.
 */
bridge.createDesk = function createDesk(config) {
  const authV1 = "runtime.permission.requestAuthCode";
  const authV2 = "runtime.permission.requestAuthCodeV2";
  const known = config.supportV2 === false ? [authV1] : [authV1, authV2];
  const calls = [];
  let codesServed = 0;
  Object.defineProperty(window, "__ddCalls", { value: calls, configurable: true });

  async function answer(method, given) {
    const params = bridge.plain(given);
    calls.push({ method, params, at: Date.now() });
    if (config.silent) return new Promise(() => {});
    await new Promise((resolve) => setTimeout(resolve, config.answerDelayMs ?? 0));
    return decide(method, params);
  }

  async function decide(method, params) {
    if (method === "runtime.permission.requestJsApis" || method === "config") return { ok: true, body: {} };
    if (!known.includes(method)) return refusal({ errorCode: "1", errorMessage: `not implemented: ${method}` });
    if (!params.corpId) return refusal({ errorCode: "2", errorMessage: "corpId is empty" });
    const failure = config.fail ?? config.failFor?.[params.corpId];
    if (failure) return refusal(failure);
    const { corpId, clientId } = params;
    const minted = await mint({ method, corpId, clientId, pageUrl: location.href });
    return minted?.code ? { ok: true, body: { code: minted.code } } : refusal(minted);
  }

  function refusal(body) {
    return { ok: false, body };
  }

  async function mint(asked) {
    if (typeof window.__ddMint === "function") return window.__ddMint(asked);
    if (!config.mintAt) return { code: nextCode() };
    const headers = { "content-type": "application/json" };
    const response = await fetch(config.mintAt, { method: "POST", headers, body: JSON.stringify(asked) });
    return response.json();
  }

  function nextCode() {
    const codes = config.codes?.length ? config.codes : ["fake-silent-code"];
    codesServed += 1;
    return codes[Math.min(codesServed, codes.length) - 1];
  }

  return answer;
};

/** Only data crosses a native bridge; functions do not. */
bridge.plain = function plain(value) {
  return JSON.parse(JSON.stringify(value ?? {}));
};
