/** Headers of every response. proxy.ts adds the content security policy, which has a nonce per request. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
  { key: "Strict-Transport-Security", value: "max-age=63072000" },
];

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // The first imports drizzle in a way that no bundler can follow; the second loads a binary from its own folder.
  serverExternalPackages: ["rate-limiter-flexible", "fs-native-extensions"],
  // Sign-in pages of 0.1.0 that are open during an update still return to the frame's former callback.
  redirects: async () => [
    { source: "/api/auth/callback/dingtalk-frame", destination: "/api/auth/callback/dingtalk", permanent: false },
  ],
  headers: async () => [{ source: "/:path*", headers }],
};
