/** What lib/http/client-info.ts knows DingTalk's clients by, in the only form that a rule can have: without flags. */
const dingTalkClient = { type: "header", key: "user-agent", value: ".*[Dd][Ii][Nn][Gg][Tt][Aa][Ll][Kk].*" };

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // The first imports drizzle in a way that no bundler can follow; the second loads a binary from its own folder; the third
  // has a large dictionary, which each bundle would hold once more; lib/search/terms.ts loads it.
  serverExternalPackages: ["rate-limiter-flexible", "fs-native-extensions", "pinyin-pro"],
  // The sign-in page inside DingTalk carries its script and its style in itself, as text.
  turbopack: {
    rules: {
      "*.ts": { condition: { query: "?bundled" }, loaders: ["./scripts/loaders/script.mjs"], type: "text" },
      "*.css": { condition: { query: "?bundled" }, loaders: ["./scripts/loaders/style.mjs"], type: "text" },
    },
  },
  // Here and not in the proxy, where a request's own Host header would decide to which server it is rewritten.
  rewrites: async () => ({
    beforeFiles: [{ source: "/login", has: [dingTalkClient], destination: "/login/inside-dingtalk" }],
  }),
  // Sign-in pages of 0.1.0 that are open during an update still return to the frame's former callback.
  redirects: async () => [
    { source: "/api/auth/callback/dingtalk-frame", destination: "/api/auth/callback/dingtalk", permanent: false },
  ],
};
