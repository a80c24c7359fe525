type Given = Record<string, string | undefined>;

/** DingTalk's addresses, each for one setting: these hosts receive the app's secret or the employees' codes. */
export const dingtalkHosts = {
  DINGTALK_API_URL: "https://api.dingtalk.com",
  DINGTALK_OAPI_URL: "https://oapi.dingtalk.com",
  DINGTALK_LOGIN_URL: "https://login.dingtalk.com",
};

/**
 * Describes each setting that is too weak for production. Missing settings are left to the schema. `allowsOtherHosts`: the
 * addresses of DingTalk may be others than DingTalk's own, such as a gateway of the company. (S34)
 */
export function findWeaknesses(given: Given, { allowsOtherHosts }: { allowsOtherHosts: boolean }): string[] {
  const hosts = Object.entries(dingtalkHosts);
  return [
    ...weakOrigin(given),
    ...["NEXTAUTH_SECRET", "NEXTAUTH_SECRET_FORMER"].flatMap((name) => weakSecret(name, given[name])),
    ...sandboxCredentials(given),
    ...weakExport(given),
    ...hosts.flatMap(([name, known]) =>
      allowsOtherHosts ? weakHost(name, given[name]) : otherHost(name, given[name], known),
    ),
  ];
}

function weakOrigin({ NEXTAUTH_URL }: Given): string[] {
  if (!NEXTAUTH_URL || NEXTAUTH_URL.startsWith("https://")) return [];
  return ["NEXTAUTH_URL: 生产环境必须使用 https / must begin with https:// in production"];
}

function weakSecret(name: string, value: string | undefined): string[] {
  if (!value) return [];
  const isWeak = value.length < 32 || new Set(value).size < 10 || value.includes("replace-me");
  return isWeak ? [`${name}: 至少 32 个随机字符 / needs at least 32 random characters (openssl rand -base64 32)`] : [];
}

function sandboxCredentials(given: Given): string[] {
  return ["DINGTALK_CLIENT_ID", "DINGTALK_CLIENT_SECRET", "DINGTALK_CORP_ID"]
    .filter((name) => given[name]?.includes("sandbox"))
    .map((name) => `${name}: 仍是沙箱的值 / still the sandbox's value`);
}

function weakExport({ AUDIT_EXPORT }: Given): string[] {
  if (!AUDIT_EXPORT?.startsWith("http:")) return [];
  return ["AUDIT_EXPORT: 生产环境必须使用 https / must begin with https:// in production"];
}

/** The text is compared, not the parsed address: every other spelling, port, path or password is another address. */
function otherHost(name: string, value: string | undefined, known: string): string[] {
  if (!value || value.trim().replace(/\/+$/, "") === known) return [];
  return [
    `${name}: 必须是 ${known}，其他地址要设 DINGTALK_ALLOW_OTHER_HOSTS=true / must be ${known}; other addresses need DINGTALK_ALLOW_OTHER_HOSTS=true`,
  ];
}

function weakHost(name: string, value: string | undefined): string[] {
  if (!value) return [];
  const url = URL.parse?.(value) ?? (URL.canParse(value) ? new URL(value) : null);
  const isLoopback = url !== null && /^(localhost|127\..*|\[::1\])$/.test(url.hostname);
  return url?.protocol === "https:" && !isLoopback
    ? []
    : [`${name}: 必须是钉钉的 https 地址，不能是沙箱 / must be DingTalk's https address, not the sandbox`];
}
