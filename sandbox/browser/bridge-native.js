/**
 * The native side of the bridge. It records each call and answers {ok, body}. How an old client answers an unknown call is
 * not documented; the answer here is an assumption. bridge.ts declares the object `bridge` around these files.
 */
bridge.createNativeSide = function createNativeSide(config) {
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
    return respond(method, params);
  }

  async function respond(method, params) {
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

  async function mint(request) {
    if (typeof window.__ddMint === "function") return window.__ddMint(request);
    if (!config.mintAt) return { code: nextCode() };
    const headers = { "content-type": "application/json" };
    const response = await fetch(config.mintAt, { method: "POST", headers, body: JSON.stringify(request) });
    return response.json();
  }

  function nextCode() {
    const codes = config.codes?.length ? config.codes : ["fake-silent-code"];
    codesServed += 1;
    return codes[Math.min(codesServed, codes.length) - 1];
  }

  return answer;
};

/** A native bridge passes data only, no functions. */
bridge.plain = function plain(value) {
  return JSON.parse(JSON.stringify(value ?? {}));
};
