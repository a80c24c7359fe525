type Given = Record<string, string | undefined>;

const hosts = ["DINGTALK_API_URL", "DINGTALK_OAPI_URL", "DINGTALK_LOGIN_URL"];

/** Describes each setting that is too weak for production. Missing settings are left to the schema. */
export function findWeaknesses(given: Given): string[] {
  return [
    ...weakOrigin(given),
    ...["NEXTAUTH_SECRET", "NEXTAUTH_SECRET_FORMER"].flatMap((name) => weakSecret(name, given[name])),
    ...sandboxCredentials(given),
    ...hosts.flatMap((name) => weakHost(name, given[name])),
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

function weakHost(name: string, value: string | undefined): string[] {
  if (!value) return [];
  const url = URL.parse?.(value) ?? (URL.canParse(value) ? new URL(value) : null);
  const isLoopback = url !== null && /^(localhost|127\..*|\[::1\])$/.test(url.hostname);
  return url?.protocol === "https:" && !isLoopback
    ? []
    : [`${name}: 必须是钉钉的 https 地址，不能是沙箱 / must be DingTalk's https address, not the sandbox`];
}
